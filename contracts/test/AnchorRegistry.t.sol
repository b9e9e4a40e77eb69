// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AnchorRegistry} from "../src/AnchorRegistry.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

contract AnchorRegistryTest is Fixture {
    function testFuzz_anchorsARootWithItsLeaves(bytes32 key, bytes32 root, uint256 leaves, string calldata cid) public {
        if (root == 0) root = bytes32(uint256(1));
        if (leaves == 0) leaves = 1;
        vm.assertEq(anchors.leavesOf(root), 0, "leaves before");
        vm.expectEmit(address(anchors));
        emit AnchorRegistry.RootAnchored(root, key, leaves, cid);
        _anchor(key, root, leaves, cid);
        vm.assertEq(anchors.leavesOf(root), leaves, "leaves");
        vm.assertTrue(anchors.isKeyUsed(address(0), key), "key used");
    }

    function test_aRootIsAnchoredOnceAndForEver() public {
        _anchor("key/1", "root", 744, "bafk");
        vm.expectRevert(abi.encodeWithSelector(AnchorRegistry.RootAlreadyAnchored.selector, bytes32("root")));
        _anchor("key/2", "root", 743, "bafk");
        vm.assertEq(anchors.leavesOf("root"), 744, "leaves");
        vm.assertFalse(anchors.isKeyUsed(address(0), "key/2"), "key of the refused call is free");
    }

    function test_aKeyAnchorsOnce() public {
        _anchor("key/1", "root", 744, "");
        vm.expectRevert(abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key/1")));
        _anchor("key/1", "other", 744, "");
        vm.assertEq(anchors.leavesOf("other"), 0, "leaves of the other root");
    }

    // Keys of the registry share one scope: a rotated key of the registry cannot repeat what the former one did.
    function test_aKeyAnchorsOnceWhoeverHoldsTheRole() public {
        _anchor("key/1", "root", 744, "");
        vm.startPrank(admin);
        anchors.revokeRole(anchors.ANCHOR_ROLE(), anchorer);
        anchors.grantRole(anchors.ANCHOR_ROLE(), bob);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key/1")));
        vm.prank(bob);
        anchors.anchor("key/1", "other", 744, "");
        vm.prank(bob);
        anchors.anchor("key/2", "other", 744, "");
    }

    function test_aBatchHasARootAndLeaves() public {
        vm.expectRevert(abi.encodeWithSelector(AnchorRegistry.EmptyBatch.selector, bytes32(0)));
        _anchor("key/1", 0, 744, "");
        vm.expectRevert(abi.encodeWithSelector(AnchorRegistry.EmptyBatch.selector, bytes32("root")));
        _anchor("key/1", "root", 0, "");
        _anchor("key/1", "root", 1, "");
    }

    function _anchor(bytes32 key, bytes32 root, uint256 leaves, string memory cid) private {
        vm.prank(anchorer);
        anchors.anchor(key, root, leaves, cid);
    }
}
