// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice Which clock hours of an emission source have earned credits: one bit an hour, 256 hours a slot, hours counted from 1970-01-01T00Z.
library ClaimedHours {
    /// @notice An issuance claims at most a leap year: 35 slots.
    uint256 internal constant MAX_HOURS = 8784;

    struct Hours {
        mapping(uint256 word => uint256) bits;
    }

    error PeriodClaimed(string sourceId, uint256 hour);
    error PeriodWrong(uint256 fromHour, uint256 toHour);

    /// @notice Claims [fromHour, toHour) or reverts naming the first hour that is claimed already.
    function claim(Hours storage claimed, string calldata sourceId, uint256 fromHour, uint256 toHour) internal {
        if (toHour <= fromHour || toHour > type(uint64).max || toHour - fromHour > MAX_HOURS) revert PeriodWrong(fromHour, toHour);
        for (uint256 hour = fromHour; hour < toHour; hour = (hour | 255) + 1) {
            uint256 mask = type(uint256).max << (hour & 255);
            uint256 wordEnd = (hour | 255) + 1;
            if (toHour < wordEnd) mask &= type(uint256).max >> (wordEnd - toHour);
            uint256 word = claimed.bits[hour >> 8];
            if (word & mask != 0) revert PeriodClaimed(sourceId, (hour & ~uint256(255)) | _lowest(word & mask));
            claimed.bits[hour >> 8] = word | mask;
        }
    }

    /// @return whether the hour has earned credits
    function isClaimed(Hours storage claimed, uint256 hour) internal view returns (bool) {
        return (claimed.bits[hour >> 8] >> (hour & 255)) & 1 == 1;
    }

    function _lowest(uint256 word) private pure returns (uint256 bit) {
        while ((word >> bit) & 1 == 0) bit++;
    }
}
