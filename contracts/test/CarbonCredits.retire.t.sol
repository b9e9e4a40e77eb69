// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {SerialRanges} from "../src/SerialRanges.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

contract CarbonCreditsRetireTest is Fixture {
    uint256 private _token;

    function setUp() public override {
        super.setUp();
        _token = issued(alice, 100);
    }

    function test_takesOneUnbrokenBlockAndNamesIt() public {
        vm.expectEmit(address(credits));
        emit IERC1155.TransferSingle(alice, alice, address(0), _token, 12);
        vm.expectEmit(address(credits));
        emit CarbonCredits.CreditsRetired(_token, "key", alice, 1, 12, "Ms. O'Neil <x>", "flight");
        vm.prank(alice);
        (uint256 first, uint256 last) = credits.retire("key", _token, 12, "Ms. O'Neil <x>", "flight");
        vm.assertEq(first, 1, "first");
        vm.assertEq(last, 12, "last");
        assertSerials(alice, _token, list(13, 100));
        assertSupply(_token, 100, 12);
        vm.assertTrue(credits.isKeyUsed(alice, "key"), "key used");
    }

    // A retirement is no move between accounts: it has its own event.
    function test_aRetirementMovesNoSerials() public {
        vm.recordLogs();
        retire(alice, _token, 12);
        vm.assertEq(vm.getRecordedLogs().length, 2, "logs: TransferSingle and CreditsRetired");
    }

    function test_theBlockComesFromTheOldestRangeThatIsLongEnough() public {
        _brokenHolding();
        _expectRetired(3, 11, 13);
        assertSerials(bob, _token, list(1, 2, 14, 15, 21, 30));
        _expectRetired(10, 21, 30);
        assertSerials(bob, _token, list(14, 15, 1, 2));
        _expectRetired(2, 14, 15);
        _expectRetired(1, 1, 1);
        _expectRetired(1, 2, 2);
        assertSerials(bob, _token, none());
        assertSupply(_token, 100, 17);
    }

    // Held are 17 tonnes, the longest block has 10: 11 must be retired in two steps, and the refusal says how long the block may be.
    function test_withoutABlockBigEnoughNothingIsRetired() public {
        _brokenHolding();
        bytes32 key = fresh();
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, 11, 10));
        vm.prank(bob);
        credits.retire(key, _token, 11, "b", "");
        assertSerials(bob, _token, list(1, 2, 11, 15, 21, 30));
        assertSupply(_token, 100, 0);
        vm.assertFalse(credits.isKeyUsed(bob, key), "key of the refused call is free");
        _expectRetired(10, 21, 30);
        _expectRetired(1, 11, 11);
    }

    function test_retiredCanNeverMove() public {
        retire(alice, _token, 60);
        vm.expectRevert(_insufficient(alice, 40, 41));
        vm.prank(alice);
        credits.transfer("key", bob, _token, 41);
        vm.expectRevert(_insufficient(alice, 40, 41));
        vm.prank(alice);
        credits.safeTransferFrom(alice, bob, _token, 41, "");
        vm.expectRevert(_insufficient(alice, 40, 41));
        vm.prank(alice);
        credits.retire("key", _token, 41, "b", "");
        vm.assertEq(credits.balanceOf(address(0), _token), 0, "balance of nobody");
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, bob, address(0)));
        vm.prank(bob);
        credits.safeTransferFrom(address(0), bob, _token, 1, "");
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidSender.selector, address(0)));
        vm.prank(address(0));
        credits.safeTransferFrom(address(0), bob, _token, 1, "");
        transfer(alice, bob, _token, 40);
        assertSerials(bob, _token, list(61, 100));
    }

    function test_allCanBeRetired() public {
        retire(alice, _token, 100);
        assertSerials(alice, _token, none());
        assertSupply(_token, 100, 100);
    }

    function test_aKeyRetiresOncePerAccount() public {
        transfer(alice, bob, _token, 10);
        vm.prank(alice);
        credits.retire("key", _token, 1, "b", "");
        bytes memory used = abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key"));
        vm.expectRevert(used);
        vm.prank(alice);
        credits.retire("key", _token, 1, "b", "");
        vm.expectRevert(used);
        vm.prank(alice);
        credits.transfer("key", bob, _token, 1);
        vm.prank(bob);
        credits.retire("key", _token, 1, "b", "");
        assertSupply(_token, 100, 2);
    }

    function test_nothingIsNoRetirement() public {
        vm.expectRevert(abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, 0));
        vm.prank(alice);
        credits.retire("key", _token, 0, "b", "");
    }

    function test_onlyWhatIsHeldIsRetired() public {
        bytes32 key = fresh();
        vm.expectRevert(_insufficient(bob, 0, 1));
        vm.prank(bob);
        credits.retire(key, _token, 1, "b", "");
    }

    // An approval lets others move, never retire in one's name.
    function test_anApprovedAccountCannotRetireForAnother() public {
        vm.prank(alice);
        credits.setApprovalForAll(bob, true);
        vm.expectRevert(_insufficient(bob, 0, 1));
        vm.prank(bob);
        credits.retire("key", _token, 1, "b", "");
    }

    function test_nothingIsRetiredWhilePaused() public {
        pause();
        vm.expectRevert(abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        vm.prank(alice);
        credits.retire("key", _token, 1, "b", "");
        vm.prank(pauser);
        credits.unpause();
        vm.prank(alice);
        credits.retire("key", _token, 1, "b", "");
    }

    // A heap of single tonnes lies before alice's block, more than a retirement searches. Isolated: each call is a transaction of its own, and
    // pays for cold storage as on a chain.
    /// forge-config: default.isolate = true
    function test_dustInFrontIsMovedBehindTheBlock() public {
        uint256 searched = SerialRanges.MAX_SEARCHED;
        uint256 token = issued(bob, 10_000);
        fragment(alice, token, bob, searched);
        transfer(bob, alice, token, 500);
        bytes32 key = fresh();
        vm.prank(alice);
        uint256 before = gasleft();
        try credits.retire(key, token, 500, "b", "") {
            revert("retired what lies behind the searched ranges");
        } catch (bytes memory why) {
            vm.assertEq(why, abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, 500, 1), "refusal");
        }
        vm.assertLt(before - gasleft(), 3_000_000, "gas of the search");
        transfer(alice, alice, token, 1);
        (uint256 first, uint256 last) = retire(alice, token, 500);
        vm.assertEq(first, 2 * searched + 1, "first");
        vm.assertEq(last, 2 * searched + 500, "last");
    }

    /// @dev bob holds 1-2, 11-15 and 21-30.
    function _brokenHolding() private {
        transfer(alice, bob, _token, 2);
        transfer(alice, carol, _token, 8);
        transfer(alice, bob, _token, 5);
        transfer(alice, carol, _token, 5);
        transfer(alice, bob, _token, 10);
        assertSerials(bob, _token, list(1, 2, 11, 15, 21, 30));
    }

    function _expectRetired(uint256 tonnes, uint256 first, uint256 last) private {
        (uint256 takenFirst, uint256 takenLast) = retire(bob, _token, tonnes);
        vm.assertEq(takenFirst, first, "first");
        vm.assertEq(takenLast, last, "last");
    }

    function _insufficient(address account, uint256 held, uint256 needed) private view returns (bytes memory) {
        return abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, account, held, needed, _token);
    }
}
