// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {SerialRanges} from "../src/SerialRanges.sol";
import {SlowSerials} from "./SlowSerials.sol";
import {vm} from "./Vm.sol";

contract Serials {
    using SerialRanges for SerialRanges.Queue;

    SerialRanges.Queue private _queue;

    function append(uint256 first, uint256 last) external {
        _queue.append(SerialRanges.Range(uint128(first), uint128(last)));
    }

    function take(uint256 tonnes) external returns (SerialRanges.Range[] memory) {
        return _queue.take(tonnes);
    }

    function takeBlock(uint256 tonnes) external returns (SerialRanges.Range memory) {
        return _queue.takeBlock(tonnes);
    }

    function list() external view returns (SerialRanges.Range[] memory) {
        return _queue.list();
    }
}

contract SerialRangesTest {
    using SlowSerials for SlowSerials.List;

    uint256 private constant MOVED = SerialRanges.MAX_MOVED;
    uint256 private constant SEARCHED = SerialRanges.MAX_SEARCHED;

    Serials private _serials;
    SlowSerials.List private _slow;

    function setUp() public {
        _serials = new Serials();
    }

    // ---- append

    function test_aRangeThatContinuesTheYoungestIsMerged() public {
        _append(1, 3);
        _append(4, 9);
        _expect("1-9 ");
    }

    function test_aRangeThatDoesNotContinueTheYoungestStandsAlone() public {
        _append(1, 3);
        _append(5, 9);
        _append(4, 4);
        _append(10, 10);
        _expect("1-3 5-9 4-4 10-10 ");
    }

    // The former youngest is gone: there is nothing to continue.
    function test_nothingIsMergedIntoWhatHasLeft() public {
        _append(1, 3);
        _serials.take(3);
        _append(4, 5);
        _expect("4-5 ");
        _append(6, 6);
        _expect("4-6 ");
    }

    function test_theLargestSerialsFit() public {
        uint256 most = type(uint128).max;
        _append(most - 4, most);
        _append(1, 2);
        _expectTaken(_serials.take(3), _text(most - 4, most - 2));
        _expectTaken(_serials.take(3), string.concat(_text(most - 1, most), _text(1, 1)));
        _expect("2-2 ");
    }

    // ---- take

    function test_takesPartOfARangeFromItsFront() public {
        _append(1, 10);
        _expectTaken(_serials.take(4), "1-4 ");
        _expect("5-10 ");
        _expectTaken(_serials.take(1), "5-5 ");
        _expect("6-10 ");
    }

    function test_takesAWholeRange() public {
        _append(1, 10);
        _append(21, 30);
        _expectTaken(_serials.take(10), "1-10 ");
        _expect("21-30 ");
    }

    function test_takesSeveralRangesAndPartOfTheNext() public {
        _append(1, 2);
        _append(11, 12);
        _append(21, 29);
        _append(41, 42);
        _expectTaken(_serials.take(8), "1-2 11-12 21-24 ");
        _expect("25-29 41-42 ");
    }

    function test_takesAll() public {
        _append(1, 2);
        _append(11, 12);
        _expectTaken(_serials.take(4), "1-2 11-12 ");
        _expect("");
    }

    function test_refusesMoreThanThereIs() public {
        _append(1, 2);
        _append(11, 12);
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.TooFragmented.selector, 2, 4));
        _serials.take(5);
    }

    function test_takesAsManyRangesAsTheLimitAndNotOneMore() public {
        _fragments(MOVED + 1);
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.TooFragmented.selector, MOVED + 1, MOVED));
        _serials.take(MOVED + 1);
        vm.assertEq(_serials.take(MOVED).length, MOVED, "ranges taken");
        _expect(_text(3 * MOVED + 1, 3 * MOVED + 1));
    }

    // ---- takeBlock

    function test_aBlockComesFromTheOldestRangeThatIsLongEnough() public {
        _append(1, 2);
        _append(11, 15);
        _append(21, 30);
        _expectBlock(3, 11, 13);
        _expect("1-2 14-15 21-30 ");
        _expectBlock(2, 1, 2);
        _expect("14-15 21-30 ");
    }

    // The gap closes with the oldest range, so that a block costs the same wherever it lies.
    function test_aWholeRangeFromTheMiddleLeavesItsPlaceToTheOldest() public {
        _append(1, 2);
        _append(11, 12);
        _append(21, 25);
        _append(31, 32);
        _expectBlock(5, 21, 25);
        _expect("11-12 1-2 31-32 ");
    }

    function test_theLastBlockLeavesNothing() public {
        _append(7, 9);
        _expectBlock(3, 7, 9);
        _expect("");
    }

    function test_aBlockOfSeveralRangesIsRefusedAndTheLargestNamed() public {
        _append(1, 2);
        _append(11, 15);
        _append(21, 23);
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, 6, 5));
        _serials.takeBlock(6);
        _expectBlock(5, 11, 15);
    }

    function test_nothingHasNoBlock() public {
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, 1, 0));
        _serials.takeBlock(1);
    }

    function test_aBlockIsFoundInTheLastRangeSearchedAndNotBehindIt() public {
        _fragments(SEARCHED - 1);
        _append(1_000_000, 1_000_002);
        _append(2_000_000, 2_000_003);
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, 4, 3));
        _serials.takeBlock(4);
        _expectBlock(3, 1_000_000, 1_000_002);
        _expectBlock(4, 2_000_000, 2_000_003);
    }

    // ---- cost

    // 5,000 dust ranges more behind must not make anything dearer.
    function test_whatIsHeldBesidesCostsNothing() public {
        _fragments(MOVED + 1);
        uint256 id = vm.snapshotState();
        (uint256 move, uint256 blockGas) = (_gasOfTake(MOVED), _gasOfBlock(1));
        vm.revertToState(id);
        for (uint256 i = 0; i < 5_000; i++) _serials.append(1_000_000 + 3 * i, 1_000_000 + 3 * i);
        vm.assertLt(_gasOfTake(MOVED), move + move / 20, "gas of a move");
        vm.assertLt(_gasOfBlock(1), blockGas + blockGas / 20, "gas of a block");
    }

    function test_theDearestSearchIsBounded() public {
        _fragments(2 * SEARCHED);
        uint256 before = gasleft();
        vm.expectRevert(abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, 2, 1));
        _serials.takeBlock(2);
        vm.assertLt(before - gasleft(), 3_000_000, "gas");
    }

    // ---- against the slow reference

    /// @dev Each word is one step: append a range that continues, or one that leaves a gap, take, or take a block.
    function testFuzz_isTheSlowReference(uint256[60] calldata words) public {
        uint256 next = 1;
        for (uint256 i = 0; i < words.length; i++) {
            uint256 word = words[i];
            uint256 size = 1 + (word >> 8) % 6;
            if (word % 8 < 4) {
                if (word % 8 != 0) next += 1 + (word >> 16) % 3;
                _serials.append(next, next + size - 1);
                for (uint256 j = 0; j < size; j++) _slow.give(next++);
            } else if (word % 8 < 6) {
                _takeAsSlow(size + (word >> 16) % 9);
            } else {
                _takeBlockAsSlow(size);
            }
            vm.assertEq(abi.encode(_serials.list()), abi.encode(_slow.ranges), "ranges held");
        }
    }

    function _takeAsSlow(uint256 tonnes) private {
        (uint256 touched,) = _slow.reach(tonnes, MOVED);
        uint256 held;
        for (uint256 i = 0; i < _slow.ranges.length; i++) held += _slow.length(i);
        if (held < tonnes) {
            vm.expectRevert(abi.encodeWithSelector(SerialRanges.TooFragmented.selector, _slow.ranges.length, held));
            _serials.take(tonnes);
            return;
        }
        SerialRanges.Range[] memory taken = _serials.take(tonnes);
        vm.assertEq(taken.length, touched, "ranges touched");
        for (uint256 i = 0; i < taken.length; i++) {
            for (uint256 serial = taken[i].first; serial <= taken[i].last; serial++) require(serial == _slow.takeFirst(), "serial");
        }
    }

    function _takeBlockAsSlow(uint256 tonnes) private {
        (uint256 place, uint256 largest) = _slow.find(tonnes, SEARCHED);
        if (place == _slow.ranges.length) {
            vm.expectRevert(abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, tonnes, largest));
            _serials.takeBlock(tonnes);
            return;
        }
        (uint256 first, uint256 last) = _slow.takeBlock(place, tonnes);
        _expectBlock(tonnes, first, last);
    }

    // ---- helpers

    function _append(uint256 first, uint256 last) private {
        _serials.append(first, last);
    }

    /// @dev So many ranges of one serial: 1, 4, 7, …
    function _fragments(uint256 ranges) private {
        for (uint256 i = 0; i < ranges; i++) _serials.append(3 * i + 1, 3 * i + 1);
    }

    function _gasOfTake(uint256 tonnes) private returns (uint256) {
        uint256 before = gasleft();
        _serials.take(tonnes);
        return before - gasleft();
    }

    function _gasOfBlock(uint256 tonnes) private returns (uint256) {
        uint256 before = gasleft();
        _serials.takeBlock(tonnes);
        return before - gasleft();
    }

    function _expect(string memory ranges) private view {
        vm.assertEq(_text(_serials.list()), ranges, "ranges held");
    }

    function _expectTaken(SerialRanges.Range[] memory taken, string memory ranges) private pure {
        vm.assertEq(_text(taken), ranges, "ranges taken");
    }

    function _expectBlock(uint256 tonnes, uint256 first, uint256 last) private {
        SerialRanges.Range memory taken = _serials.takeBlock(tonnes);
        vm.assertEq(_text(taken.first, taken.last), _text(first, last), "block taken");
    }

    function _text(SerialRanges.Range[] memory ranges) private pure returns (string memory text) {
        for (uint256 i = 0; i < ranges.length; i++) text = string.concat(text, _text(ranges[i].first, ranges[i].last));
    }

    function _text(uint256 first, uint256 last) private pure returns (string memory) {
        return string.concat(vm.toString(first), "-", vm.toString(last), " ");
    }
}
