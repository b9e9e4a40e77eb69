// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ClaimedHours} from "../src/ClaimedHours.sol";
import {vm} from "./Vm.sol";

contract Claims {
    using ClaimedHours for ClaimedHours.Hours;

    ClaimedHours.Hours private _hours;

    function claim(string calldata sourceId, uint256 fromHour, uint256 toHour) external {
        _hours.claim(sourceId, fromHour, toHour);
    }

    function isClaimed(uint256 hour) external view returns (bool) {
        return _hours.isClaimed(hour);
    }
}

contract ClaimedHoursTest {
    uint256 private constant MOST = ClaimedHours.MAX_HOURS;

    Claims private _claims;
    mapping(uint256 hour => bool) private _slow;

    function setUp() public {
        _claims = new Claims();
    }

    // 2020-03: hours 439,704 to 440,448.
    function test_claimsFromTheFirstHourToTheEndExclusive() public {
        _claims.claim("unit-1", 439_704, 440_448);
        _expectClaimed(439_703, false);
        for (uint256 hour = 439_704; hour < 440_448; hour++) _expectClaimed(hour, true);
        _expectClaimed(440_448, false);
    }

    function test_anOverlapOfOneHourAtTheStartIsRefused() public {
        _claims.claim("unit-1", 439_704, 440_448);
        _expectTaken(439_000, 439_705, 439_704);
        _claims.claim("unit-1", 439_000, 439_704);
    }

    function test_anOverlapOfOneHourAtTheEndIsRefused() public {
        _claims.claim("unit-1", 439_704, 440_448);
        _expectTaken(440_447, 441_000, 440_447);
        _claims.claim("unit-1", 440_448, 441_000);
    }

    function test_aPeriodWithinAndOneAroundAreRefused() public {
        _claims.claim("unit-1", 439_704, 440_448);
        _expectTaken(440_000, 440_001, 440_000);
        _expectTaken(439_704, 440_448, 439_704);
        _expectTaken(439_000, 441_000, 439_704);
    }

    // A claim that is refused in its third word must not keep what it marked in the first two.
    function test_aRefusedClaimClaimsNothing() public {
        _claims.claim("unit-1", 700, 701);
        _expectTaken(0, 1_000, 700);
        for (uint256 hour = 0; hour < 700; hour++) _expectClaimed(hour, false);
        _claims.claim("unit-1", 0, 700);
    }

    // 256 hours lie in one storage word.
    function test_wordsEndWhereTheyShould() public {
        uint256[2][7] memory periods = [[uint256(255), 256], [uint256(256), 257], [uint256(512), 768], [uint256(1023), 1025], [uint256(1300), 1536], [uint256(1536), 1540], [uint256(2048), 3000]];
        for (uint256 i = 0; i < periods.length; i++) {
            _claims.claim("unit-1", periods[i][0], periods[i][1]);
            for (uint256 hour = periods[i][0]; hour < periods[i][1]; hour++) _slow[hour] = true;
        }
        for (uint256 hour = 0; hour < 3_100; hour++) _expectClaimed(hour, _slow[hour]);
    }

    function test_aLeapYearIsTheMost() public {
        _expectWrong(0, MOST + 1);
        _claims.claim("unit-1", 0, MOST);
        _expectClaimed(MOST - 1, true);
        vm.assertEq(MOST, 366 * 24, "hours of a leap year");
    }

    function test_aPeriodMustHaveAnHour() public {
        _expectWrong(5, 5);
        _expectWrong(6, 5);
        _expectWrong(type(uint256).max, 0);
    }

    function test_hoursEndWhereTheyFitSixtyFourBits() public {
        uint256 end = type(uint64).max;
        _expectWrong(end, end + 1);
        _expectWrong(type(uint256).max - 1, type(uint256).max);
        _claims.claim("unit-1", end - 1, end);
        _expectClaimed(end - 1, true);
    }

    /// @dev Each word is one claim within 600 hours.
    function testFuzz_isTheSlowReference(uint256[25] calldata words) public {
        for (uint256 i = 0; i < words.length; i++) {
            uint256 from = words[i] % 500;
            uint256 to = from + 1 + (words[i] >> 32) % 99;
            uint256 hour = from;
            while (hour < to && !_slow[hour]) hour++;
            if (hour < to) {
                _expectTaken(from, to, hour);
                continue;
            }
            _claims.claim("unit-1", from, to);
            for (hour = from; hour < to; hour++) _slow[hour] = true;
        }
        for (uint256 hour = 0; hour < 600; hour++) _expectClaimed(hour, _slow[hour]);
    }

    function _expectClaimed(uint256 hour, bool claimed) private view {
        if (_claims.isClaimed(hour) != claimed) revert(string.concat("hour ", vm.toString(hour), claimed ? " is free" : " is claimed"));
    }

    function _expectTaken(uint256 from, uint256 to, uint256 hour) private {
        vm.expectRevert(abi.encodeWithSelector(ClaimedHours.PeriodClaimed.selector, "unit-1", hour));
        _claims.claim("unit-1", from, to);
    }

    function _expectWrong(uint256 from, uint256 to) private {
        vm.expectRevert(abi.encodeWithSelector(ClaimedHours.PeriodWrong.selector, from, to));
        _claims.claim("unit-1", from, to);
    }
}
