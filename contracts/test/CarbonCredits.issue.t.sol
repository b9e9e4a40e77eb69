// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {ClaimedHours} from "../src/ClaimedHours.sol";
import {Fixture} from "./Fixture.sol";
import {Keeper, Reenterer, Refuser, WrongAnswerer} from "./Receivers.sol";
import {vm} from "./Vm.sol";

contract CarbonCreditsIssueTest is Fixture {
    function testFuzz_issuesTheSerialsFromOneToTheTonnes(bytes32 key, uint256 tonnes) public {
        tonnes = 1 + tonnes % credits.MAX_TONNES();
        CarbonCredits.Issuance memory what = issuance(alice, tonnes);
        uint256 tokenId = issue(key, what);
        vm.assertEq(tokenId, 1, "token id");
        vm.assertEq(credits.tokens(), 1, "tokens");
        assertSerials(alice, tokenId, list(1, tonnes));
        assertSupply(tokenId, tonnes, 0);
        vm.assertTrue(credits.isKeyUsed(address(0), key), "key used");
        vm.assertTrue(credits.isClaimed(what.sourceId, what.fromHour), "first hour claimed");
        vm.assertTrue(credits.isClaimed(what.sourceId, what.toHour - 1), "last hour claimed");
        vm.assertFalse(credits.isClaimed(what.sourceId, what.toHour), "hour after the end claimed");
        vm.assertFalse(credits.isClaimed("another source", what.fromHour), "hour of another source claimed");
    }

    // The proof checker decodes these events; their order is the order of the effects.
    function test_saysWhatItIssued() public {
        CarbonCredits.Issuance memory what = issuance(alice, 250);
        vm.expectEmit(address(credits));
        emit CarbonCredits.CreditsIssued(
            1, "key", alice, what.evidence, what.terms, what.projectId, what.sourceId, what.fromHour, what.toHour, 1, 250
        );
        vm.expectEmit(address(credits));
        emit IERC1155.TransferSingle(issuer, address(0), alice, 1, 250);
        vm.expectEmit(address(credits));
        emit CarbonCredits.SerialsMoved(1, address(0), alice, 1, 250);
        issue("key", what);
    }

    function test_tokensAreNumberedOneByOne() public {
        for (uint256 i = 1; i <= 5; i++) vm.assertEq(issued(alice, i), i, "token id");
        vm.assertEq(credits.tokens(), 5, "tokens");
        for (uint256 i = 1; i <= 5; i++) assertSerials(alice, i, list(1, i));
    }

    // ---- refusals: each names what is wrong, and leaves nothing behind

    function test_noTonnesAndTooManyAreRefused() public {
        CarbonCredits.Issuance memory what = issuance(alice, 0);
        _expectRefusal(what, abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, 0));
        what.tonnes = credits.MAX_TONNES() + 1;
        _expectRefusal(what, abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, what.tonnes));
        what.tonnes = type(uint256).max;
        _expectRefusal(what, abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, what.tonnes));
        what.tonnes = credits.MAX_TONNES();
        issue(fresh(), what);
        vm.assertEq(what.tonnes, uint256(uint64(type(int64).max)), "the most is what a Java long holds");
    }

    function test_evidenceThatIsNotAnchoredIsRefused() public {
        CarbonCredits.Issuance memory what = issuance(alice, 5);
        what.evidence = "elsewhere";
        _expectRefusal(what, abi.encodeWithSelector(CarbonCredits.EvidenceNotAnchored.selector, bytes32("elsewhere")));
        what.evidence = 0;
        _expectRefusal(what, abi.encodeWithSelector(CarbonCredits.EvidenceNotAnchored.selector, bytes32(0)));
    }

    function test_evidenceEarnsOnce() public {
        CarbonCredits.Issuance memory first = issuance(alice, 5);
        issue(fresh(), first);
        CarbonCredits.Issuance memory second = issuance(bob, 5);
        bytes32 its = second.evidence;
        second.evidence = first.evidence;
        _expectRefusal(second, abi.encodeWithSelector(CarbonCredits.EvidenceUsed.selector, first.evidence));
        second.evidence = its;
        issue(fresh(), second);
    }

    function test_anHourOfASourceEarnsOnce() public {
        CarbonCredits.Issuance memory first = issuance(alice, 5);
        issue(fresh(), first);
        CarbonCredits.Issuance memory second = issuance(bob, 5);
        second.sourceId = first.sourceId;
        (second.fromHour, second.toHour) = (first.toHour - 1, first.toHour + 10);
        _expectRefusal(second, abi.encodeWithSelector(ClaimedHours.PeriodClaimed.selector, first.sourceId, first.toHour - 1));
        (second.fromHour, second.toHour) = (first.fromHour - 10, first.fromHour + 1);
        _expectRefusal(second, abi.encodeWithSelector(ClaimedHours.PeriodClaimed.selector, first.sourceId, first.fromHour));
        vm.assertFalse(credits.isClaimed(first.sourceId, first.fromHour - 1), "hour of the refused period claimed");
        (second.fromHour, second.toHour) = (first.toHour, first.toHour + 10);
        issue(fresh(), second);
    }

    function test_theSameHoursOfAnotherSourceAreFine() public {
        CarbonCredits.Issuance memory first = issuance(alice, 5);
        CarbonCredits.Issuance memory second = issuance(alice, 5);
        vm.assertEq(first.fromHour, second.fromHour, "same hours");
        issue(fresh(), first);
        issue(fresh(), second);
    }

    function test_aPeriodWithoutHoursIsRefused() public {
        CarbonCredits.Issuance memory what = issuance(alice, 5);
        what.toHour = what.fromHour;
        _expectRefusal(what, abi.encodeWithSelector(ClaimedHours.PeriodWrong.selector, what.fromHour, what.toHour));
    }

    function test_aKeyIssuesOnceWhoeverHoldsTheRole() public {
        issue("key", issuance(alice, 5));
        CarbonCredits.Issuance memory again = issuance(alice, 5);
        bytes memory used = abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key"));
        vm.expectRevert(used);
        issue("key", again);
        bytes32 role = credits.ISSUER_ROLE();
        vm.prank(admin);
        credits.grantRole(role, bob);
        vm.expectRevert(used);
        vm.prank(bob);
        credits.issue("key", again);
        vm.assertEq(credits.tokens(), 1, "tokens");
    }

    function test_nothingIsIssuedWhilePaused() public {
        CarbonCredits.Issuance memory what = issuance(alice, 5);
        pause();
        _expectRefusal(what, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        vm.prank(pauser);
        credits.unpause();
        issue(fresh(), what);
    }

    // ---- receivers

    function test_aContractThatTakesCreditsReceivesThem() public {
        address keeper = address(new Keeper());
        assertSerials(keeper, issued(keeper, 5), list(1, 5));
    }

    function test_whoCannotReceiveRefusesTheIssuance() public {
        address[3] memory refusers = [address(0), address(new Refuser()), address(new WrongAnswerer())];
        for (uint256 i = 0; i < refusers.length; i++) {
            _expectRefusal(issuance(refusers[i], 5), abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, refusers[i]));
        }
    }

    // A receiver that even holds the issuer's role gets one effect from one piece of evidence.
    function test_aReceiverCannotIssueTheSameAgain() public {
        Reenterer receiver = new Reenterer();
        bytes32 role = credits.ISSUER_ROLE();
        vm.prank(admin);
        credits.grantRole(role, address(receiver));
        CarbonCredits.Issuance memory what = issuance(address(receiver), 5);
        receiver.prepare(address(credits), abi.encodeCall(credits.issue, (fresh(), what)));
        issue(fresh(), what);
        vm.assertTrue(receiver.called(), "called");
        vm.assertFalse(receiver.succeeded(), "succeeded");
        vm.assertEq(receiver.answer(), abi.encodeWithSelector(CarbonCredits.EvidenceUsed.selector, what.evidence), "answer");
        vm.assertEq(receiver.balanceThen(), 5, "balance at the call");
        vm.assertEq(receiver.serialsThen(), 5, "serials at the call");
        vm.assertEq(credits.tokens(), 1, "tokens");
    }

    function _expectRefusal(CarbonCredits.Issuance memory what, bytes memory why) private {
        uint256 tokens = credits.tokens();
        bytes32 key = fresh();
        vm.expectRevert(why);
        issue(key, what);
        vm.assertEq(credits.tokens(), tokens, "tokens");
        vm.assertFalse(credits.isKeyUsed(address(0), key), "key of the refused call is free");
        vm.assertTrue(what.to == address(0) || credits.balanceOf(what.to, tokens + 1) == 0, "nothing credited");
    }
}
