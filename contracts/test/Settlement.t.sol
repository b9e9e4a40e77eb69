// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1155Errors, IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {SerialRanges} from "../src/SerialRanges.sol";
import {Settlement} from "../src/Settlement.sol";
import {Fixture} from "./Fixture.sol";
import {Reenterer, Refuser} from "./Receivers.sol";
import {vm} from "./Vm.sol";

contract SettlementTest is Fixture {
    uint256 private _token;

    function setUp() public override {
        super.setUp();
        _token = issued(alice, 100);
        deposit(bob, 500_00);
        releaseToSettlement(alice);
        releaseToSettlement(bob);
    }

    function test_knowsWhatItSettles() public view {
        vm.assertEq(address(settlement.credits()), address(credits), "credits");
        vm.assertEq(address(settlement.cash()), address(cash), "cash");
        vm.assertEq(address(credits.anchors()), address(anchors), "anchors");
    }

    // ---- both legs

    function test_movesCreditsAndCashInOneTransaction() public {
        vm.expectEmit(address(settlement));
        emit Settlement.SaleSettled("key", alice, bob, _token, 40, 400_00);
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(_token, alice, bob, 1, 40);
        _settle("key", alice, bob, 40, 400_00);
        _expectBooks(list(41, 100), list(1, 40), 400_00, 100_00);
        vm.assertTrue(settlement.isKeyUsed(address(0), "key"), "key used");
    }

    function testFuzz_movesBothLegsExactly(uint256 tonnes, uint256 price) public {
        (tonnes, price) = (1 + tonnes % 99, price % 500_01);
        _settle("key", alice, bob, tonnes, price);
        _expectBooks(list(tonnes + 1, 100), list(1, tonnes), price, 500_00 - price);
        vm.assertEq(cash.totalSupply(), 500_00, "cash");
    }

    function test_movesAllForAll() public {
        _settle("key", alice, bob, 100, 500_00);
        _expectBooks(none(), list(1, 100), 500_00, 0);
    }

    function test_aGiftHasNoPrice() public {
        _settle("key", alice, bob, 40, 0);
        _expectBooks(list(41, 100), list(1, 40), 0, 500_00);
    }

    function test_aKeySettlesOnceWhoeverOperates() public {
        _settle("key", alice, bob, 10, 100_00);
        bytes memory used = abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key"));
        vm.expectRevert(used);
        _settle("key", alice, bob, 10, 100_00);
        bytes32 role = settlement.OPERATOR_ROLE();
        vm.prank(admin);
        settlement.grantRole(role, carol);
        vm.expectRevert(used);
        vm.prank(carol);
        settlement.settle("key", alice, bob, _token, 10, 100_00);
        _expectBooks(list(11, 100), list(1, 10), 100_00, 400_00);
    }

    // ---- or neither

    function test_withoutEnoughCashNothingMoves() public {
        _expectNothingMoves(40, 500_01, abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, bob, 500_00, 500_01));
    }

    function test_withoutEnoughCreditsNothingMoves() public {
        _expectNothingMoves(101, 400_00, abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, alice, 100, 101, _token));
    }

    function test_beyondTheBuyersAllowanceNothingMoves() public {
        vm.prank(bob);
        cash.approve(address(settlement), 399_99);
        _expectNothingMoves(
            40, 400_00, abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(settlement), 399_99, 400_00)
        );
        _settle("key", alice, bob, 40, 399_99);
        vm.assertEq(cash.allowance(bob, address(settlement)), 0, "allowance left");
    }

    function test_withoutTheSellersApprovalNothingMoves() public {
        vm.prank(alice);
        credits.setApprovalForAll(address(settlement), false);
        _expectNothingMoves(
            40, 400_00, abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, address(settlement), alice)
        );
    }

    function test_whileCreditsArePausedNothingMoves() public {
        pause();
        _expectNothingMoves(40, 400_00, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
    }

    function test_retiredCreditsAreNotForSale() public {
        retire(alice, _token, 80);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, alice, 20, 21, _token));
        _settle("key", alice, bob, 21, 1);
    }

    function test_aBuyerThatCannotReceivePaysNothing() public {
        address refuser = address(new Refuser());
        deposit(refuser, 100);
        releaseToSettlement(refuser);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, refuser));
        _settle("key", alice, refuser, 1, 100);
        vm.assertEq(cash.balanceOf(refuser), 100, "cash");
    }

    function test_aSaleToOneselfIsNone() public {
        _refused(alice, alice, 1, abi.encodeWithSelector(Settlement.SelfSale.selector, alice));
    }

    function test_aSaleOfNothingIsNone() public {
        _refused(alice, bob, 0, abi.encodeWithSelector(Settlement.NothingToSettle.selector, bytes32("key")));
    }

    // A seller whose holding is broken into many ranges sells less at a time.
    function test_aHoldingBrokenTooSmallIsNamed() public {
        uint256 most = SerialRanges.MAX_MOVED;
        _token = issued(carol, 10_000);
        fragment(alice, _token, carol, most + 1);
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.TooFragmented.selector, most + 1, most));
        _settle("key", alice, bob, most + 1, 1);
        _settle("key", alice, bob, most, 1);
        vm.assertEq(credits.balanceOf(bob, _token), most, "sold");
    }

    // ---- a buyer that acts from within the sale

    // Even with the operator's role, the buyer cannot start a second sale within the first.
    function test_aSaleWithinASaleIsRefused() public {
        Reenterer buyer = _buyer();
        bytes32 role = settlement.OPERATOR_ROLE();
        vm.prank(admin);
        settlement.grantRole(role, address(buyer));
        buyer.prepare(address(settlement), abi.encodeCall(settlement.settle, ("other", alice, bob, _token, 1, 0)));
        _settle("key", alice, address(buyer), 10, 100);
        _expectAnswer(buyer, abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        _settle("other", alice, bob, 1, 0);
    }

    function test_theBuyerHasPaidWhenItIsCalled() public {
        Reenterer buyer = _buyer();
        buyer.prepare(address(cash), abi.encodeCall(cash.transfer, (carol, 1)));
        _settle("key", alice, address(buyer), 10, 100);
        _expectAnswer(buyer, abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, address(buyer), 0, 1));
        vm.assertEq(cash.balanceOf(alice), 100, "cash of the seller");
    }

    function test_theBuyerCannotTakeTheCashBack() public {
        Reenterer buyer = _buyer();
        buyer.prepare(address(cash), abi.encodeCall(cash.transferFrom, (alice, address(buyer), 100)));
        _settle("key", alice, address(buyer), 10, 100);
        _expectAnswer(buyer, abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(buyer), 0, 100));
    }

    function test_theBuyerMaySellOnFromWithin() public {
        Reenterer buyer = _buyer();
        buyer.prepare(address(credits), abi.encodeCall(credits.transfer, (fresh(), carol, _token, 4)));
        _settle("key", alice, address(buyer), 10, 100);
        vm.assertTrue(buyer.succeeded(), "succeeded");
        vm.assertEq(buyer.serialsThen(), 10, "serials at the call");
        assertSerials(alice, _token, list(11, 100));
        assertSerials(carol, _token, list(1, 4));
        assertSerials(address(buyer), _token, list(5, 10));
    }

    function _buyer() private returns (Reenterer buyer) {
        buyer = new Reenterer();
        deposit(address(buyer), 100);
        releaseToSettlement(address(buyer));
    }

    function _expectAnswer(Reenterer buyer, bytes memory why) private view {
        vm.assertTrue(buyer.called(), "called");
        vm.assertFalse(buyer.succeeded(), "succeeded");
        vm.assertEq(buyer.answer(), why, "answer");
        vm.assertEq(credits.balanceOf(address(buyer), _token), 10, "credits of the buyer");
        vm.assertEq(cash.balanceOf(address(buyer)), 0, "cash of the buyer");
    }

    function _settle(bytes32 key, address seller, address buyer, uint256 tonnes, uint256 price) private {
        vm.prank(operator);
        settlement.settle(key, seller, buyer, _token, tonnes, price);
    }

    function _refused(address seller, address buyer, uint256 tonnes, bytes memory why) private {
        vm.expectRevert(why);
        _settle("key", seller, buyer, tonnes, 1);
        vm.assertFalse(settlement.isKeyUsed(address(0), "key"), "key of the refused call is free");
    }

    function _expectNothingMoves(uint256 tonnes, uint256 price, bytes memory why) private {
        vm.expectRevert(why);
        _settle("key", alice, bob, tonnes, price);
        vm.assertFalse(settlement.isKeyUsed(address(0), "key"), "key of the refused call is free");
        _expectBooks(list(1, 100), none(), 0, 500_00);
    }

    function _expectBooks(uint256[] memory sellers, uint256[] memory buyers, uint256 sellersCash, uint256 buyersCash) private view {
        assertSerials(alice, _token, sellers);
        assertSerials(bob, _token, buyers);
        vm.assertEq(cash.balanceOf(alice), sellersCash, "cash of the seller");
        vm.assertEq(cash.balanceOf(bob), buyersCash, "cash of the buyer");
        vm.assertEq(cash.balanceOf(address(settlement)), 0, "settlement keeps no cash");
        vm.assertEq(credits.balanceOf(address(settlement), _token), 0, "settlement keeps no credits");
    }
}
