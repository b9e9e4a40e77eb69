// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {BusinessKeys} from "./BusinessKeys.sol";

/// @notice Roots of batches of verified hours (RFC 6962 trees over SHA-256), each anchored once and for ever.
contract AnchorRegistry is AccessControl, BusinessKeys {
    bytes32 public constant ANCHOR_ROLE = keccak256("ANCHOR_ROLE");

    mapping(bytes32 root => uint256 leaves) private _leaves;

    event RootAnchored(bytes32 indexed root, bytes32 indexed key, uint256 leaves, string cid);

    error RootAlreadyAnchored(bytes32 root);
    error EmptyBatch(bytes32 root);

    constructor(address admin) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    /// @notice Anchors the root of a batch of verified hours.
    /// @param key business key
    /// @param root of the batch's tree
    /// @param leaves how many hours it has
    /// @param cid where the encrypted evidence lies; may be empty
    function anchor(bytes32 key, bytes32 root, uint256 leaves, string calldata cid) external onlyRole(ANCHOR_ROLE) {
        _use(address(0), key);
        if (root == 0 || leaves == 0) revert EmptyBatch(root);
        if (_leaves[root] != 0) revert RootAlreadyAnchored(root);
        _leaves[root] = leaves;
        emit RootAnchored(root, key, leaves, cid);
    }

    /// @return leaves of the anchored batch, 0 when the root is not anchored
    function leavesOf(bytes32 root) external view returns (uint256 leaves) {
        return _leaves[root];
    }
}
