// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {BusinessKeys} from "./BusinessKeys.sol";

/// @notice Credits against cash, both or neither. Moves only what seller (setApprovalForAll) and buyer (allowance) have released to it.
contract Settlement is AccessControl, ReentrancyGuard, BusinessKeys {
    using SafeERC20 for IERC20;

    bytes32 public constant OPERATOR_ROLE = keccak256("OPERATOR_ROLE");

    IERC1155 public immutable credits;
    IERC20 public immutable cash;

    event SaleSettled(
        bytes32 indexed key, address indexed seller, address indexed buyer, uint256 tokenId, uint256 tonnes, uint256 priceMinor
    );

    error SelfSale(address account);
    error NothingToSettle(bytes32 key);

    constructor(address admin, IERC1155 credits_, IERC20 cash_) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        credits = credits_;
        cash = cash_;
    }

    /// @notice Moves cash from buyer to seller and credits from seller to buyer, once per key. The buyer is called last, when it has paid.
    /// @param priceMinor for all tonnes together, smallest unit of the cash
    function settle(bytes32 key, address seller, address buyer, uint256 tokenId, uint256 tonnes, uint256 priceMinor)
        external
        onlyRole(OPERATOR_ROLE)
        nonReentrant
    {
        _use(address(0), key);
        if (seller == buyer) revert SelfSale(seller);
        if (tonnes == 0) revert NothingToSettle(key);
        emit SaleSettled(key, seller, buyer, tokenId, tonnes, priceMinor);
        cash.safeTransferFrom(buyer, seller, priceMinor);
        credits.safeTransferFrom(seller, buyer, tokenId, tonnes, "");
    }
}
