// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice A business key (keccak256 of its text) has one effect, however often it is asked for.
/// Keys of role holders share one scope (address 0), so that a rotated key of the registry cannot repeat what the former one did; keys of
/// account holders are scoped by the caller, so that nobody can use up another's.
abstract contract BusinessKeys {
    mapping(address scope => mapping(bytes32 key => bool)) private _used;

    error BusinessKeyUsed(bytes32 key);

    /// @notice Whether the key has had its effect. `scope` is 0 for effects of the registry, else the account that acts.
    function isKeyUsed(address scope, bytes32 key) external view returns (bool) {
        return _used[scope][key];
    }

    function _use(address scope, bytes32 key) internal {
        if (_used[scope][key]) revert BusinessKeyUsed(key);
        _used[scope][key] = true;
    }
}
