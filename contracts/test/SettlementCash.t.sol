// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {SettlementCash} from "../src/SettlementCash.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

contract SettlementCashTest is Fixture {
    function testFuzz_aDepositIsCredited(bytes32 key, address account, uint256 minor) public {
        if (account == address(0)) account = alice;
        if (minor == 0) minor = 1;
        vm.expectEmit(address(cash));
        emit SettlementCash.CashDeposited(key, account, minor);
        _deposit(key, account, minor);
        vm.assertEq(cash.balanceOf(account), minor, "balance");
        vm.assertEq(cash.totalSupply(), minor, "total");
        vm.assertTrue(cash.isKeyUsed(address(0), key), "key used");
    }

    function test_aKeyDepositsOnceWhoeverHoldsTheRole() public {
        _deposit("key/1", alice, 500_00);
        vm.expectRevert(abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key/1")));
        _deposit("key/1", alice, 500_00);
        bytes32 role = cash.TREASURY_ROLE();
        vm.prank(admin);
        cash.grantRole(role, bob);
        vm.expectRevert(abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, bytes32("key/1")));
        vm.prank(bob);
        cash.deposit("key/1", carol, 1);
        vm.assertEq(cash.totalSupply(), 500_00, "total");
    }

    function test_nothingIsNoDeposit() public {
        vm.expectRevert(abi.encodeWithSelector(SettlementCash.NothingToDeposit.selector, alice));
        _deposit("key/1", alice, 0);
        vm.assertFalse(cash.isKeyUsed(address(0), "key/1"), "key of the refused call is free");
    }

    function test_nobodyIsNoAccount() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        _deposit("key/1", address(0), 1);
    }

    function test_isCountedInCents() public view {
        vm.assertEq(cash.decimals(), 2, "decimals");
        vm.assertEq(cash.name(), "CARBO MT settlement cash", "name");
        vm.assertEq(cash.symbol(), "CASH", "symbol");
    }

    // Whatever moves between accounts, deposits stay the only source.
    function testFuzz_transfersConserveCash(uint64[8] calldata minors, uint256 word) public {
        address[3] memory holders = [alice, bob, carol];
        uint256 total;
        for (uint256 i = 0; i < 3; i++) {
            deposit(holders[i], uint256(minors[i]) + 1);
            total += uint256(minors[i]) + 1;
        }
        for (uint256 i = 3; i < 8; i++) {
            (address from, address to) = (holders[(word >> (8 * i)) % 3], holders[(word >> (8 * i + 4)) % 3]);
            uint256 held = cash.balanceOf(from);
            if (minors[i] > held) vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, from, held, minors[i]));
            vm.prank(from);
            cash.transfer(to, minors[i]);
            vm.assertEq(cash.balanceOf(alice) + cash.balanceOf(bob) + cash.balanceOf(carol), total, "sum of balances");
            vm.assertEq(cash.totalSupply(), total, "total");
        }
    }

    function _deposit(bytes32 key, address account, uint256 minor) private {
        vm.prank(treasury);
        cash.deposit(key, account, minor);
    }
}
