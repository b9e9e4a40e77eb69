// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC1155Errors, IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @notice Every function that changes anything, called by every role: the cells of the table are what we promise. A function without a row
/// in the table fails.
contract RolesTest is Fixture {
    /// @param refusal what the call reverts with, empty when it goes through
    struct Cell {
        address target;
        string name;
        bytes call;
        bytes refusal;
    }

    bytes32 private constant ADMIN = 0;

    address private _former = named("former");
    address private _stranger = named("stranger");
    uint256 private _token;
    CarbonCredits.Issuance private _next;
    bytes32 private _role;
    Cell[] private _cells;

    function setUp() public override {
        super.setUp();
        address[9] memory callers = _callers();
        _token = issued(alice, 1_000);
        releaseToSettlement(alice);
        for (uint256 i = 0; i < callers.length; i++) {
            transfer(alice, callers[i], _token, 10);
            deposit(callers[i], 10);
        }
        deposit(bob, 10);
        releaseToSettlement(bob);
        _next = issuance(alice, 5);
        _role = keccak256("ANY_ROLE");
        _formerlyOfEveryRole();
    }

    /// @dev One of each role, a holder, somebody who had every role, and somebody who never had any.
    function _callers() private view returns (address[9] memory) {
        return [admin, anchorer, issuer, pauser, treasury, operator, alice, _former, _stranger];
    }

    function _formerlyOfEveryRole() private {
        address[4] memory targets = [address(anchors), address(credits), address(cash), address(settlement)];
        bytes32[6] memory roles = [ADMIN, anchors.ANCHOR_ROLE(), credits.ISSUER_ROLE(), credits.PAUSER_ROLE(), cash.TREASURY_ROLE(), settlement.OPERATOR_ROLE()];
        vm.startPrank(admin);
        for (uint256 i = 0; i < targets.length; i++) {
            for (uint256 j = 0; j < roles.length; j++) {
                IAccessControl(targets[i]).grantRole(roles[j], _former);
                IAccessControl(targets[i]).revokeRole(roles[j], _former);
            }
        }
        vm.stopPrank();
    }

    // ---- the table

    function _table(address caller) private {
        delete _cells;
        _rolesOf(address(anchors), caller);
        _rolesOf(address(credits), caller);
        _rolesOf(address(cash), caller);
        _rolesOf(address(settlement), caller);

        _row(address(anchors), "anchor", abi.encodeCall(anchors.anchor, (fresh(), "root", 1, "")), _only(caller, anchorer, "ANCHOR_ROLE"));

        _row(address(credits), "issue", abi.encodeCall(credits.issue, (fresh(), _next)), _only(caller, issuer, "ISSUER_ROLE"));
        _row(address(credits), "pause", abi.encodeCall(credits.pause, ()), _only(caller, pauser, "PAUSER_ROLE"));
        _row(address(credits), "transfer", abi.encodeCall(credits.transfer, (fresh(), bob, _token, 1)), "");
        _row(address(credits), "retire", abi.encodeCall(credits.retire, (fresh(), _token, 1, "b", "r")), "");
        _row(address(credits), "setApprovalForAll", abi.encodeCall(credits.setApprovalForAll, (bob, true)), "");
        _row(address(credits), "safeTransferFrom", abi.encodeCall(credits.safeTransferFrom, (caller, bob, _token, 1, "")), "");
        _row(address(credits), "safeBatchTransferFrom", abi.encodeCall(credits.safeBatchTransferFrom, (caller, bob, list(_token, _token), list(1, 1), "")), "");
        bytes memory notMine = abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, caller, bob);
        _row(address(credits), "safeTransferFrom", abi.encodeCall(credits.safeTransferFrom, (bob, caller, _token, 1, "")), notMine);
        _row(address(credits), "safeBatchTransferFrom", abi.encodeCall(credits.safeBatchTransferFrom, (bob, caller, list(_token, _token), list(1, 1), "")), notMine);

        _row(address(cash), "deposit", abi.encodeCall(cash.deposit, (fresh(), bob, 1)), _only(caller, treasury, "TREASURY_ROLE"));
        _row(address(cash), "transfer", abi.encodeCall(cash.transfer, (bob, 1)), "");
        _row(address(cash), "approve", abi.encodeCall(cash.approve, (bob, 1)), "");
        _row(address(cash), "transferFrom", abi.encodeCall(cash.transferFrom, (bob, caller, 1)), abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, caller, 0, 1));

        _row(address(settlement), "settle", abi.encodeCall(settlement.settle, (fresh(), alice, bob, _token, 1, 1)), _only(caller, operator, "OPERATOR_ROLE"));
    }

    /// @dev What AccessControl brings: the same on every contract.
    function _rolesOf(address target, address caller) private {
        _row(target, "grantRole", abi.encodeCall(IAccessControl.grantRole, (_role, caller)), _only(caller, admin, ""));
        _row(target, "grantRole", abi.encodeCall(IAccessControl.grantRole, (ADMIN, caller)), _only(caller, admin, ""));
        _row(target, "revokeRole", abi.encodeCall(IAccessControl.revokeRole, (ADMIN, admin)), _only(caller, admin, ""));
        _row(target, "renounceRole", abi.encodeCall(IAccessControl.renounceRole, (_role, caller)), "");
        _row(target, "renounceRole", abi.encodeCall(IAccessControl.renounceRole, (ADMIN, bob)), abi.encodeWithSelector(IAccessControl.AccessControlBadConfirmation.selector));
    }

    // ---- its tests

    function test_everyRoleMayDoWhatTheTableSaysAndNothingElse() public {
        address[9] memory callers = _callers();
        uint256 cells;
        for (uint256 i = 0; i < callers.length; i++) {
            _table(callers[i]);
            for (uint256 j = 0; j < _cells.length; j++) {
                _check(callers[i], _cells[j]);
                cells++;
            }
        }
        vm.assertEq(cells, 9 * 35, "cells");
    }

    // Only a paused contract can be unpaused: a table of its own.
    function test_onlyThePauserUnpauses() public {
        address[9] memory callers = _callers();
        pause();
        for (uint256 i = 0; i < callers.length; i++) {
            _check(callers[i], Cell(address(credits), "unpause", abi.encodeCall(credits.unpause, ()), _only(callers[i], pauser, "PAUSER_ROLE")));
        }
    }

    // From the very files that ship: a new function is missing here until it has a row.
    function test_everyFunctionThatChangesAnythingIsInTheTable() public {
        _table(_stranger);
        _row(address(credits), "unpause", "", "");
        uint256 functions = _expectRows(address(anchors), "AnchorRegistry") + _expectRows(address(credits), "CarbonCredits")
            + _expectRows(address(cash), "SettlementCash") + _expectRows(address(settlement), "Settlement");
        vm.assertEq(functions, 26, "functions");
    }

    // The key of the issuer is lost: another is named, the lost one is shut out, and what it did stays done.
    function test_aRoleIsHandedOnWithoutALostIssuance() public {
        bytes32 role = credits.ISSUER_ROLE();
        issue("issue/1", issuance(alice, 5));
        CarbonCredits.Issuance memory second = issuance(alice, 5);
        vm.startPrank(admin);
        credits.grantRole(role, bob);
        credits.revokeRole(role, issuer);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, issuer, role));
        vm.prank(issuer);
        credits.issue("issue/2", second);
        vm.assertTrue(credits.isKeyUsed(address(0), "issue/1"), "used stays used");
        vm.prank(bob);
        vm.assertEq(credits.issue("issue/2", second), _token + 2, "token id");
    }

    // The admin hands out roles and holds none: it can neither issue nor move anything.
    function test_theAdminIsNoIssuer() public view {
        vm.assertTrue(credits.hasRole(ADMIN, admin), "admin");
        vm.assertFalse(credits.hasRole(credits.ISSUER_ROLE(), admin), "issuer");
        vm.assertFalse(credits.hasRole(credits.PAUSER_ROLE(), admin), "pauser");
        vm.assertFalse(anchors.hasRole(anchors.ANCHOR_ROLE(), admin), "anchorer");
        vm.assertFalse(cash.hasRole(cash.TREASURY_ROLE(), admin), "treasury");
        vm.assertFalse(settlement.hasRole(settlement.OPERATOR_ROLE(), admin), "operator");
    }

    // The one who deploys is not the admin that is named.
    function test_theDeployerHasNoRole() public view {
        vm.assertFalse(anchors.hasRole(ADMIN, address(this)), "anchors");
        vm.assertFalse(credits.hasRole(ADMIN, address(this)), "credits");
        vm.assertFalse(cash.hasRole(ADMIN, address(this)), "cash");
        vm.assertFalse(settlement.hasRole(ADMIN, address(this)), "settlement");
    }

    function test_saysWhichInterfacesItSpeaks() public view {
        vm.assertTrue(credits.supportsInterface(0xd9b67a26), "ERC-1155");
        vm.assertTrue(credits.supportsInterface(type(IAccessControl).interfaceId), "access control");
        vm.assertTrue(credits.supportsInterface(0x01ffc9a7), "ERC-165");
        vm.assertFalse(credits.supportsInterface(0xffffffff), "nonsense");
    }

    // ---- helpers

    function _row(address target, string memory name, bytes memory call, bytes memory refusal) private {
        _cells.push(Cell(target, name, call, refusal));
    }

    /// @param role its name; empty for the admin's
    function _only(address caller, address allowed, string memory role) private pure returns (bytes memory) {
        bytes32 needed = bytes(role).length == 0 ? ADMIN : keccak256(bytes(role));
        return caller == allowed ? bytes("") : abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, needed);
    }

    function _check(address caller, Cell memory cell) private {
        string memory what = string.concat(cell.name, " by ", vm.getLabel(caller));
        uint256 id = vm.snapshotState();
        vm.prank(caller);
        (bool ok, bytes memory answer) = cell.target.call(cell.call);
        vm.assertTrue(ok == (cell.refusal.length == 0), what);
        if (!ok) vm.assertEq(answer, cell.refusal, what);
        vm.revertToState(id);
    }

    function _expectRows(address target, string memory file) private view returns (uint256) {
        string memory path = "$[?(@.type == 'function' && @.stateMutability != 'view' && @.stateMutability != 'pure')].name";
        string[] memory names = abi.decode(vm.parseJson(vm.readFile(string.concat("out/", file, ".abi")), path), (string[]));
        for (uint256 i = 0; i < names.length; i++) {
            bool found;
            for (uint256 j = 0; j < _cells.length && !found; j++) {
                found = _cells[j].target == target && keccak256(bytes(_cells[j].name)) == keccak256(bytes(names[i]));
            }
            vm.assertTrue(found, string.concat("no row for ", file, ".", names[i]));
        }
        return names.length;
    }
}
