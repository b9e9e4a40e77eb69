// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {SerialRanges} from "../src/SerialRanges.sol";

/// @notice Takes whatever comes.
contract Keeper is ERC1155Holder {}

/// @notice A contract that knows nothing of credits.
contract Refuser {}

/// @notice Answers the callback with another value than ERC-1155 asks for.
contract WrongAnswerer {
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return 0xdeadbeef;
    }
}

/// @notice On each receipt, notes whether serials and balance agree at that moment, and makes one prepared call, once.
contract Reenterer is ERC1155Holder {
    address private _target;
    bytes private _call;
    bool public called;
    bool public succeeded;
    bytes public answer;
    uint256 public balanceThen;
    uint256 public serialsThen;

    function prepare(address target, bytes calldata call_) external {
        (_target, _call, called) = (target, call_, false);
    }

    /// @notice Acts as the account that this contract is.
    function run(address target, bytes calldata call_) external returns (bytes memory) {
        (bool ok, bytes memory result) = target.call(call_);
        if (!ok) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }

    function onERC1155Received(address operator, address from, uint256 id, uint256 value, bytes memory data) public override returns (bytes4) {
        _note(id);
        return super.onERC1155Received(operator, from, id, value, data);
    }

    function onERC1155BatchReceived(address operator, address from, uint256[] memory ids, uint256[] memory values, bytes memory data)
        public
        override
        returns (bytes4)
    {
        _note(ids[0]);
        return super.onERC1155BatchReceived(operator, from, ids, values, data);
    }

    function _note(uint256 id) private {
        balanceThen = CarbonCredits(msg.sender).balanceOf(address(this), id);
        SerialRanges.Range[] memory ranges = CarbonCredits(msg.sender).serialsOf(address(this), id);
        serialsThen = 0;
        for (uint256 i = 0; i < ranges.length; i++) serialsThen += uint256(ranges[i].last) - ranges[i].first + 1;
        if (called || _target == address(0)) return;
        called = true;
        (succeeded, answer) = _target.call(_call);
    }
}
