// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice Serials of one token held by one account: disjoint ranges in the order they came, one storage slot each, both ends inclusive.
/// Units leave from the front. A range that continues the youngest one is merged into it.
/// The cost of a move grows with the ranges it touches, never with the tonnes or with what else is held. A move that would touch more than
/// MAX_MOVED ranges is refused by name; moving less at a time always works. A block is looked for in the oldest MAX_SEARCHED ranges. Whoever
/// is sent a heap of small ranges can so still move what he holds, and brings what lies behind them to the front by moving the small ones,
/// to himself if he likes: each such move is cheaper than the moves that made the heap.
/// @dev Casts cut nothing off: serials end at CarbonCredits.MAX_TONNES, and positions are counted one by one.
library SerialRanges {
    /// @notice About 7.3 million gas when all of them go to somebody new, after 1.2 million given back for storage set free.
    uint256 internal constant MAX_MOVED = 256;
    /// @notice About 2.6 million gas when none is long enough.
    uint256 internal constant MAX_SEARCHED = 1024;

    struct Range {
        uint128 first;
        uint128 last;
    }

    struct Queue {
        uint128 head;
        uint128 tail;
        mapping(uint256 position => Range) item;
    }

    /// @param ranges held
    /// @param movable serials in the oldest MAX_MOVED of them
    error TooFragmented(uint256 ranges, uint256 movable);
    /// @param tonnes asked for
    /// @param largest unbroken block among the oldest MAX_SEARCHED ranges
    error NoSuchBlock(uint256 tonnes, uint256 largest);

    /// @notice Adds serials as the youngest.
    function append(Queue storage queue, Range memory range) internal {
        uint256 tail = queue.tail;
        if (tail > queue.head) {
            Range storage youngest = queue.item[tail - 1];
            if (uint256(youngest.last) + 1 == range.first) {
                youngest.last = range.last;
                return;
            }
        }
        queue.item[tail] = range;
        queue.tail = uint128(tail + 1);
    }

    /// @notice Takes exactly `tonnes` serials from the front; the caller has checked that there are as many serials.
    function take(Queue storage queue, uint256 tonnes) internal returns (Range[] memory taken) {
        uint256 head = queue.head;
        uint256 touched;
        uint256 gathered;
        while (gathered < tonnes) {
            if (touched == MAX_MOVED || head + touched == queue.tail) revert TooFragmented(queue.tail - head, gathered);
            gathered += _length(queue.item[head + touched]);
            touched++;
        }
        taken = new Range[](touched);
        for (uint256 i = 0; i < touched; i++) {
            taken[i] = queue.item[head + i];
        }
        uint256 excess = gathered - tonnes;
        uint256 whole = excess == 0 ? touched : touched - 1;
        for (uint256 i = 0; i < whole; i++) {
            delete queue.item[head + i];
        }
        if (excess != 0) {
            uint256 lastTaken = taken[whole].last - excess;
            taken[whole].last = uint128(lastTaken);
            queue.item[head + whole].first = uint128(lastTaken + 1);
        }
        queue.head = uint128(head + whole);
    }

    /// @notice Takes one unbroken block from the first of the oldest MAX_SEARCHED ranges that is long enough.
    function takeBlock(Queue storage queue, uint256 tonnes) internal returns (Range memory taken) {
        uint256 head = queue.head;
        uint256 end = queue.tail;
        if (end - head > MAX_SEARCHED) end = head + MAX_SEARCHED;
        uint256 largest;
        for (uint256 i = head; i < end; i++) {
            uint256 length = _length(queue.item[i]);
            if (length > largest) largest = length;
            if (length < tonnes) continue;
            taken = queue.item[i];
            if (length == tonnes) {
                if (i != head) queue.item[i] = queue.item[head];
                delete queue.item[head];
                queue.head = uint128(head + 1);
            } else {
                taken.last = uint128(taken.first + tonnes - 1);
                queue.item[i].first = taken.last + 1;
            }
            return taken;
        }
        revert NoSuchBlock(tonnes, largest);
    }

    /// @notice All ranges, oldest first; for calls from outside, as its cost grows with the ranges held.
    function list(Queue storage queue) internal view returns (Range[] memory ranges) {
        ranges = new Range[](queue.tail - queue.head);
        for (uint256 i = 0; i < ranges.length; i++) {
            ranges[i] = queue.item[queue.head + i];
        }
    }

    function _length(Range storage range) private view returns (uint256) {
        return uint256(range.last) - range.first + 1;
    }
}
