// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {SerialRanges} from "../src/SerialRanges.sol";

/// @notice The reference for SerialRanges: the same promises kept one serial at a time, in a plain array that shifts. Slow, and easy to believe.
library SlowSerials {
    struct List {
        SerialRanges.Range[] ranges;
    }

    function give(List storage list, uint256 serial) internal {
        uint256 size = list.ranges.length;
        if (size > 0 && list.ranges[size - 1].last + 1 == serial) list.ranges[size - 1].last++;
        else list.ranges.push(SerialRanges.Range(uint128(serial), uint128(serial)));
    }

    function takeFirst(List storage list) internal returns (uint256 serial) {
        serial = list.ranges[0].first;
        if (list.ranges[0].last > serial) {
            list.ranges[0].first++;
            return serial;
        }
        for (uint256 i = 1; i < list.ranges.length; i++) list.ranges[i - 1] = list.ranges[i];
        list.ranges.pop();
    }

    /// @return touched ranges that a move of so many serials reaches into
    /// @return movable serials in the oldest `most` ranges
    function reach(List storage list, uint256 tonnes, uint256 most) internal view returns (uint256 touched, uint256 movable) {
        uint256 gathered;
        for (uint256 i = 0; i < list.ranges.length; i++) {
            if (gathered < tonnes) touched++;
            gathered += length(list, i);
            if (i < most) movable = gathered;
        }
    }

    /// @return place position of the first of the oldest `most` ranges that holds so many, or the number of ranges when there is none
    /// @return largest of the ranges looked at
    function find(List storage list, uint256 tonnes, uint256 most) internal view returns (uint256 place, uint256 largest) {
        for (place = 0; place < list.ranges.length && place < most; place++) {
            if (length(list, place) > largest) largest = length(list, place);
            if (length(list, place) >= tonnes) return (place, largest);
        }
        return (list.ranges.length, largest);
    }

    /// @notice A block leaves from the front of its range; where the range is used up, the oldest range takes its place in the order.
    function takeBlock(List storage list, uint256 place, uint256 tonnes) internal returns (uint256 first, uint256 last) {
        first = list.ranges[place].first;
        last = first;
        for (uint256 left = tonnes; left > 1; left--) last++;
        if (last < list.ranges[place].last) {
            list.ranges[place].first = uint128(last + 1);
            return (first, last);
        }
        list.ranges[place] = list.ranges[0];
        for (uint256 i = 1; i < list.ranges.length; i++) list.ranges[i - 1] = list.ranges[i];
        list.ranges.pop();
    }

    function length(List storage list, uint256 place) internal view returns (uint256) {
        return uint256(list.ranges[place].last) - list.ranges[place].first + 1;
    }
}
