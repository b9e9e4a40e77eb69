// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {BusinessKeys} from "./BusinessKeys.sol";

/// @notice Money that the registry confirmed to have received off chain, in cents. Moves only between accounts; deposits are its only source.
contract SettlementCash is ERC20, AccessControl, BusinessKeys {
    bytes32 public constant TREASURY_ROLE = keccak256("TREASURY_ROLE");

    event CashDeposited(bytes32 indexed key, address indexed account, uint256 minor);

    error NothingToDeposit(address account);

    constructor(address admin) ERC20("CARBO MT settlement cash", "CASH") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    /// @return digits after the point: amounts are cents
    function decimals() public pure override returns (uint8) {
        return 2;
    }

    /// @notice Credits money received off chain, once per key.
    /// @param minor smallest unit (cents)
    function deposit(bytes32 key, address account, uint256 minor) external onlyRole(TREASURY_ROLE) {
        _use(address(0), key);
        if (minor == 0) revert NothingToDeposit(account);
        emit CashDeposited(key, account, minor);
        _mint(account, minor);
    }
}
