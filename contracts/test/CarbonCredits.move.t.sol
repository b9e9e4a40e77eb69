// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {SerialRanges} from "../src/SerialRanges.sol";
import {Fixture} from "./Fixture.sol";
import {Keeper, Reenterer, Refuser} from "./Receivers.sol";
import {vm} from "./Vm.sol";

contract CarbonCreditsMoveTest is Fixture {
    uint256 private _token;

    function setUp() public override {
        super.setUp();
        _token = issued(alice, 100);
    }

    // ---- transfer

    function test_movesTheOldestSerials() public {
        vm.expectEmit(address(credits));
        emit CarbonCredits.CreditsTransferred(_token, "key", alice, bob, 40);
        vm.expectEmit(address(credits));
        emit IERC1155.TransferSingle(alice, alice, bob, _token, 40);
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(_token, alice, bob, 1, 40);
        vm.prank(alice);
        credits.transfer("key", bob, _token, 40);
        assertSerials(alice, _token, list(41, 100));
        assertSerials(bob, _token, list(1, 40));
        vm.assertTrue(credits.isKeyUsed(alice, "key"), "key used");
    }

    function test_splitsAndMergesByHand() public {
        transfer(alice, bob, _token, 10); // a 11-100, b 1-10
        transfer(alice, carol, _token, 10); // a 21-100, c 11-20
        transfer(bob, carol, _token, 5); // b 6-10, c 11-20 1-5
        transfer(alice, bob, _token, 1); // a 22-100, b 6-10 21-21
        transfer(carol, bob, _token, 12); // c 3-5, b 6-10 21-21 11-20 1-2
        transfer(carol, bob, _token, 3); // b 6-10 21-21 11-20 1-5
        assertSerials(carol, _token, none());
        assertSerials(alice, _token, list(22, 100));
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(_token, bob, alice, 6, 10);
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(_token, bob, alice, 21, 21);
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(_token, bob, alice, 11, 13);
        transfer(bob, alice, _token, 9);
        assertSerials(bob, _token, list(14, 20, 1, 5));
        transfer(bob, carol, _token, 12);
        assertSerials(carol, _token, list(14, 20, 1, 5));
    }

    function test_movesAll() public {
        transfer(alice, bob, _token, 100);
        assertSerials(alice, _token, none());
        assertSerials(bob, _token, list(1, 100));
    }

    function test_tokensDoNotMix() public {
        uint256 other = issued(alice, 7);
        transfer(alice, bob, other, 3);
        assertSerials(alice, _token, list(1, 100));
        assertSerials(alice, other, list(4, 7));
        assertSerials(bob, _token, none());
        assertSerials(bob, other, list(1, 3));
    }

    function test_aMoveToOneselfRotates() public {
        transfer(alice, alice, _token, 30);
        assertSerials(alice, _token, list(31, 100, 1, 30));
        transfer(alice, alice, _token, 100);
        assertSerials(alice, _token, list(31, 100, 1, 30));
    }

    function test_aKeyMovesOncePerSender() public {
        vm.prank(alice);
        credits.transfer("key", bob, _token, 40);
        bytes memory used = abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key"));
        vm.expectRevert(used);
        vm.prank(alice);
        credits.transfer("key", bob, _token, 40);
        vm.expectRevert(used);
        vm.prank(alice);
        credits.retire("key", _token, 1, "b", "");
        // Nobody can use up another's key: bob's is his own, and the registry's as well.
        vm.prank(bob);
        credits.transfer("key", carol, _token, 1);
        issue("key", issuance(alice, 1));
        vm.assertEq(credits.balanceOf(alice, _token), 60, "balance");
    }

    function test_nothingIsNoTransfer() public {
        _expectTransferRefused(alice, bob, 0, abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, 0));
    }

    function test_moreThanHeldIsRefused() public {
        _expectTransferRefused(alice, bob, 101, _insufficient(alice, 100, 101, _token));
        _expectTransferRefused(bob, alice, 1, _insufficient(bob, 0, 1, _token));
        uint256 most = type(uint256).max;
        _expectTransferRefused(alice, bob, most, _insufficient(alice, 100, most, _token));
        vm.expectRevert(_insufficient(alice, 0, 1, _token + 1));
        vm.prank(alice);
        credits.transfer("key", bob, _token + 1, 1);
    }

    function test_whoCannotReceiveRefusesTheTransfer() public {
        address refuser = address(new Refuser());
        _expectTransferRefused(alice, refuser, 1, abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, refuser));
        _expectTransferRefused(alice, address(0), 1, abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(0)));
    }

    function test_nothingMovesWhilePaused() public {
        pause();
        bytes memory paused = abi.encodeWithSelector(Pausable.EnforcedPause.selector);
        _expectTransferRefused(alice, bob, 1, paused);
        vm.expectRevert(paused);
        vm.prank(alice);
        credits.safeTransferFrom(alice, bob, _token, 1, "");
        vm.expectRevert(paused);
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, bob, list(_token, _token), list(1, 1), "");
        vm.prank(pauser);
        credits.unpause();
        transfer(alice, bob, _token, 1);
    }

    // ---- the transfers of ERC-1155

    function test_safeTransferFromMovesSerials() public {
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(_token, alice, bob, 1, 40);
        vm.prank(alice);
        credits.safeTransferFrom(alice, bob, _token, 40, "data");
        assertSerials(alice, _token, list(41, 100));
        assertSerials(bob, _token, list(1, 40));
    }

    function test_safeTransferFromOfNothingMovesNothing() public {
        vm.prank(alice);
        credits.safeTransferFrom(alice, bob, _token, 0, "");
        assertSerials(alice, _token, list(1, 100));
        assertSerials(bob, _token, none());
    }

    function test_anApprovedAccountMovesAndARevokedOneDoesNot() public {
        vm.prank(alice);
        credits.setApprovalForAll(carol, true);
        vm.prank(carol);
        credits.safeTransferFrom(alice, bob, _token, 10, "");
        assertSerials(bob, _token, list(1, 10));
        vm.prank(alice);
        credits.setApprovalForAll(carol, false);
        bytes memory missing = abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, carol, alice);
        vm.expectRevert(missing);
        vm.prank(carol);
        credits.safeTransferFrom(alice, bob, _token, 10, "");
        vm.expectRevert(missing);
        vm.prank(carol);
        credits.safeBatchTransferFrom(alice, bob, list(_token, _token), list(1, 1), "");
    }

    // One token twice in a batch, the second time after the first has moved.
    function test_aBatchIsTheSumOfItsSingles() public {
        uint256 other = issued(alice, 50);
        uint256[] memory ids = new uint256[](4);
        (ids[0], ids[1], ids[2], ids[3]) = (_token, other, _token, other);
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, bob, ids, list(10, 50, 20, 0), "");
        assertSerials(alice, _token, list(31, 100));
        assertSerials(alice, other, none());
        assertSerials(bob, _token, list(1, 30));
        assertSerials(bob, other, list(1, 50));
    }

    function testFuzz_aBatchIsTheSumOfItsSingles(uint8[6] calldata tonnes, bool[6] calldata second) public {
        uint256 other = issued(alice, 100);
        uint256[] memory ids = new uint256[](6);
        uint256[] memory values = new uint256[](6);
        for (uint256 i = 0; i < 6; i++) (ids[i], values[i]) = (second[i] ? other : _token, tonnes[i] % 17);
        uint256 id = vm.snapshotState();
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, bob, ids, values, "");
        bytes memory afterBatch = _holdings(other);
        vm.revertToState(id);
        for (uint256 i = 0; i < 6; i++) {
            vm.prank(alice);
            credits.safeTransferFrom(alice, bob, ids[i], values[i], "");
        }
        vm.assertEq(_holdings(other), afterBatch, "holdings");
    }

    function test_aBatchMovesWhollyOrNotAtAll() public {
        uint256 other = issued(alice, 50);
        vm.expectRevert(_insufficient(alice, 50, 51, other));
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, bob, list(_token, other), list(10, 51), "");
        assertSerials(alice, _token, list(1, 100));
        assertSerials(bob, _token, none());
        vm.expectRevert(_insufficient(alice, 40, 41, _token));
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, bob, list(_token, _token), list(60, 41), "");
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidArrayLength.selector, 2, 0));
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, bob, list(_token, other), none(), "");
    }

    // ---- receivers

    function test_aContractThatTakesCreditsReceivesThem() public {
        address keeper = address(new Keeper());
        transfer(alice, keeper, _token, 10);
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, keeper, list(_token, _token), list(1, 2), "");
        assertSerials(keeper, _token, list(1, 13));
    }

    // The receiver passes on what it got, from within the callback.
    function test_aReceiverMayPassOnWhatItGot() public {
        Reenterer receiver = new Reenterer();
        receiver.prepare(address(credits), abi.encodeCall(credits.transfer, (fresh(), carol, _token, 6)));
        transfer(alice, address(receiver), _token, 10);
        vm.assertTrue(receiver.succeeded(), "succeeded");
        vm.assertEq(receiver.balanceThen(), 10, "balance at the call");
        vm.assertEq(receiver.serialsThen(), 10, "serials at the call");
        assertSerials(alice, _token, list(11, 100));
        assertSerials(address(receiver), _token, list(7, 10));
        assertSerials(carol, _token, list(1, 6));
    }

    function test_aReceiverOfABatchSeesAllOfIt() public {
        Reenterer receiver = new Reenterer();
        receiver.prepare(address(credits), abi.encodeCall(credits.retire, (fresh(), _token, 12, "b", "r")));
        vm.prank(alice);
        credits.safeBatchTransferFrom(alice, address(receiver), list(_token, _token), list(4, 8), "");
        vm.assertTrue(receiver.succeeded(), "succeeded");
        vm.assertEq(receiver.balanceThen(), 12, "balance at the call");
        vm.assertEq(receiver.serialsThen(), 12, "serials at the call");
        assertSerials(address(receiver), _token, none());
        assertSupply(_token, 100, 12);
    }

    function test_aReceiverCannotTakeMore() public {
        Reenterer receiver = new Reenterer();
        receiver.prepare(address(credits), abi.encodeCall(credits.safeTransferFrom, (alice, address(receiver), _token, 10, "")));
        transfer(alice, address(receiver), _token, 10);
        vm.assertFalse(receiver.succeeded(), "succeeded");
        vm.assertEq(
            receiver.answer(),
            abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, address(receiver), alice),
            "answer"
        );
        vm.assertEq(credits.balanceOf(alice, _token), 90, "balance");
    }

    // A contract that pays itself re-enters its own transfer with the same key: one effect.
    function test_aKeyCannotBeUsedAgainFromWithin() public {
        Reenterer holder = new Reenterer();
        transfer(alice, address(holder), _token, 10);
        bytes memory again = abi.encodeCall(credits.transfer, ("key", address(holder), _token, 2));
        holder.prepare(address(credits), again);
        holder.run(address(credits), again);
        vm.assertTrue(holder.called(), "called");
        vm.assertFalse(holder.succeeded(), "succeeded");
        vm.assertEq(holder.answer(), abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key")), "answer");
        assertSerials(address(holder), _token, list(3, 10, 1, 2));
    }

    // ---- dust

    // Someone sends alice a heap of single tonnes before her own block arrives.
    function test_dustInFrontIsNamedAndMovedAway() public {
        uint256 most = SerialRanges.MAX_MOVED;
        uint256 token = issued(bob, 10_000);
        fragment(alice, token, bob, most + 44);
        transfer(bob, alice, token, 1_000);
        bytes32 key = fresh();
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.TooFragmented.selector, most + 45, most));
        vm.prank(alice);
        credits.transfer(key, carol, token, 1_000);
        transfer(alice, alice, token, most);
        transfer(alice, carol, token, 1_000);
        vm.assertEq(credits.balanceOf(alice, token), most + 44, "balance");
    }

    // Who sends the heap pays more than who moves it away, even to an account that never held any of it. Isolated: each call is a
    // transaction of its own, and pays for cold storage as on a chain.
    /// forge-config: default.isolate = true
    function test_theDearestMoveIsBoundedAndCheaperThanTheHeap() public {
        uint256 most = SerialRanges.MAX_MOVED;
        uint256 token = issued(bob, 10_000);
        uint256 before = gasleft();
        fragment(alice, token, bob, most);
        uint256 heap = before - gasleft();
        address keeper = address(new Keeper());
        bytes32 key = fresh();
        vm.prank(alice);
        before = gasleft();
        credits.transfer(key, keeper, token, most);
        uint256 move = before - gasleft();
        vm.assertLt(move, 8_000_000, "gas");
        vm.assertLt(move, heap, "gas beside that of the heap");
        vm.assertEq(credits.serialsOf(keeper, token).length, most, "ranges");
    }

    // No contract of ours keeps credits: whoever sends them there by mistake is refused.
    function test_ourContractsTakeNoCredits() public {
        address[4] memory ours = [address(anchors), address(credits), address(cash), address(settlement)];
        for (uint256 i = 0; i < ours.length; i++) {
            _expectTransferRefused(alice, ours[i], 1, abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, ours[i]));
        }
    }

    function _holdings(uint256 other) private view returns (bytes memory) {
        return abi.encode(
            credits.serialsOf(alice, _token),
            credits.serialsOf(bob, _token),
            credits.serialsOf(alice, other),
            credits.serialsOf(bob, other),
            credits.balanceOf(alice, _token),
            credits.balanceOf(bob, other)
        );
    }

    function _expectTransferRefused(address from, address to, uint256 tonnes, bytes memory why) private {
        bytes memory before = abi.encode(credits.serialsOf(alice, _token), credits.serialsOf(bob, _token));
        bytes32 key = fresh();
        vm.expectRevert(why);
        vm.prank(from);
        credits.transfer(key, to, _token, tonnes);
        vm.assertFalse(credits.isKeyUsed(from, key), "key of the refused call is free");
        vm.assertEq(abi.encode(credits.serialsOf(alice, _token), credits.serialsOf(bob, _token)), before, "serials");
    }

    function _insufficient(address account, uint256 held, uint256 needed, uint256 token) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, account, held, needed, token);
    }
}
