// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1155Errors, IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {ClaimedHours} from "../src/ClaimedHours.sol";
import {SerialRanges} from "../src/SerialRanges.sol";
import {Settlement} from "../src/Settlement.sol";
import {SettlementCash} from "../src/SettlementCash.sol";
import {Trader} from "./Trader.sol";
import {vm} from "./Vm.sol";

/// @notice Whatever is done in whatever order, the books balance and are those of the slow reference.
contract BooksTest {
    Trader private _trader;

    function setUp() public {
        _trader = new Trader();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_trader);
    }

    // One campaign for all three: of one seed each would see the same calls.
    function invariant_theBooksBalanceAndAreTheSlowOnes() public view {
        _trader.balance();
        _trader.compare();
        _trader.conserve();
    }

    // The random trader is worth its name only if it meets what can happen: each action done, each refusal met.
    function test_theTraderMeetsEveryOutcome() public {
        for (uint256 step = 0; step < 4_000; step++) {
            uint256[6] memory w;
            for (uint256 i = 0; i < 6; i++) w[i] = uint256(keccak256(abi.encode("trader", step, i)));
            uint256 action = (w[0] >> 200) % 10;
            if (action == 0) _trader.doIssue(w[0], w[1], w[2], w[3], w[4]);
            else if (action == 1) _trader.doTransfer(w[0], w[1], w[2], w[3], w[4]);
            else if (action == 2) _trader.doSafeTransfer(w[0], w[1], w[2], w[3]);
            else if (action == 3) _trader.doBatch(w[0], w[1], w[2], w[3]);
            else if (action == 4) _trader.doRetire(w[0], w[1], w[2], w[3]);
            else if (action == 5) _trader.doDeposit(w[0], w[1], w[2]);
            else if (action == 6) _trader.doPay(w[0], w[1], w[2]);
            else if (action == 7) _trader.doRelease(w[0], w[1] % 4 != 0, w[2]);
            else if (action == 8) _trader.doSettle(w[0], w[1], w[2], w[3], w[4], w[5]);
            else _trader.doPause(w[0]);
        }
        _trader.balance();
        _trader.compare();
        _trader.conserve();
        bytes4[25] memory outcomes = [
            _trader.doIssue.selector,
            _trader.doTransfer.selector,
            _trader.doSafeTransfer.selector,
            _trader.doBatch.selector,
            _trader.doRetire.selector,
            _trader.doDeposit.selector,
            _trader.doPay.selector,
            _trader.doRelease.selector,
            _trader.doSettle.selector,
            _trader.doPause.selector,
            BusinessKeys.BusinessKeyUsed.selector,
            CarbonCredits.TonnesWrong.selector,
            CarbonCredits.EvidenceNotAnchored.selector,
            CarbonCredits.EvidenceUsed.selector,
            ClaimedHours.PeriodClaimed.selector,
            ClaimedHours.PeriodWrong.selector,
            SerialRanges.NoSuchBlock.selector,
            SettlementCash.NothingToDeposit.selector,
            Settlement.SelfSale.selector,
            Settlement.NothingToSettle.selector,
            Pausable.EnforcedPause.selector,
            IERC1155Errors.ERC1155InsufficientBalance.selector,
            IERC1155Errors.ERC1155MissingApprovalForAll.selector,
            IERC20Errors.ERC20InsufficientBalance.selector,
            IERC20Errors.ERC20InsufficientAllowance.selector
        ];
        for (uint256 i = 0; i < outcomes.length; i++) {
            vm.assertTrue(_trader.met(outcomes[i]) > 0, string.concat("never met: ", vm.toString(abi.encodePacked(outcomes[i]))));
        }
    }
}
