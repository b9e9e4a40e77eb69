// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AnchorRegistry} from "../src/AnchorRegistry.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {SerialRanges} from "../src/SerialRanges.sol";
import {Settlement} from "../src/Settlement.sol";
import {SettlementCash} from "../src/SettlementCash.sol";
import {COVERAGE, vm} from "./Vm.sol";

/// @notice The four contracts as the registry deploys them, with one account for each role and some holders.
abstract contract Registry {
    AnchorRegistry internal anchors;
    CarbonCredits internal credits;
    SettlementCash internal cash;
    Settlement internal settlement;

    address internal admin = named("admin");
    address internal anchorer = named("anchorer");
    address internal issuer = named("issuer");
    address internal pauser = named("pauser");
    address internal treasury = named("treasury");
    address internal operator = named("operator");
    address internal alice = named("alice");
    address internal bob = named("bob");
    address internal carol = named("carol");

    uint256 private _keys;

    function open() internal {
        anchors = AnchorRegistry(_deploy("AnchorRegistry", abi.encode(admin)));
        credits = CarbonCredits(_deploy("CarbonCredits", abi.encode(admin, anchors)));
        cash = SettlementCash(_deploy("SettlementCash", abi.encode(admin)));
        settlement = Settlement(_deploy("Settlement", abi.encode(admin, credits, cash)));
        vm.startPrank(admin);
        anchors.grantRole(anchors.ANCHOR_ROLE(), anchorer);
        credits.grantRole(credits.ISSUER_ROLE(), issuer);
        credits.grantRole(credits.PAUSER_ROLE(), pauser);
        cash.grantRole(cash.TREASURY_ROLE(), treasury);
        settlement.grantRole(settlement.OPERATOR_ROLE(), operator);
        vm.stopPrank();
    }

    /// @dev The very bytes that ship; only for coverage, which must know its lines, what forge compiled itself.
    function _deploy(string memory name, bytes memory arguments) private returns (address deployed) {
        if (vm.isContext(COVERAGE)) return vm.deployCode(string.concat("src/", name, ".sol:", name), arguments);
        bytes memory code = bytes.concat(vm.parseBytes(string.concat("0x", vm.readFile(string.concat("out/", name, ".bin")))), arguments);
        assembly {
            deployed := create(0, add(code, 32), mload(code))
        }
        require(deployed != address(0), string.concat("no code for ", name, ": run npm test"));
    }

    function named(string memory name) internal returns (address account) {
        account = address(uint160(uint256(keccak256(bytes(name)))));
        vm.label(account, name);
    }

    /// @return a business key that nobody used yet
    function fresh() internal returns (bytes32) {
        return keccak256(abi.encode("key", _keys++));
    }

    function anchored() internal returns (bytes32 root) {
        root = keccak256(abi.encode("root", fresh()));
        vm.prank(anchorer);
        anchors.anchor(fresh(), root, 744, "");
    }

    /// @return an issuance on fresh evidence for January of a source that never earned before
    function issuance(address to, uint256 tonnes) internal returns (CarbonCredits.Issuance memory) {
        string memory source = string(abi.encodePacked("unit-", vm.toString(_keys)));
        return CarbonCredits.Issuance(to, "C01-001", source, 438_000, 438_744, tonnes, anchored(), keccak256("terms"));
    }

    function issue(bytes32 key, CarbonCredits.Issuance memory what) internal returns (uint256) {
        vm.prank(issuer);
        return credits.issue(key, what);
    }

    function issued(address to, uint256 tonnes) internal returns (uint256 tokenId) {
        return issue(fresh(), issuance(to, tonnes));
    }

    function transfer(address from, address to, uint256 tokenId, uint256 tonnes) internal {
        bytes32 key = fresh();
        vm.prank(from);
        credits.transfer(key, to, tokenId, tonnes);
    }

    function retire(address account, uint256 tokenId, uint256 tonnes) internal returns (uint256, uint256) {
        bytes32 key = fresh();
        vm.prank(account);
        return credits.retire(key, tokenId, tonnes, "a beneficiary", "a reason");
    }

    function deposit(address account, uint256 minor) internal {
        bytes32 key = fresh();
        vm.prank(treasury);
        cash.deposit(key, account, minor);
    }

    /// @notice As the container does when it opens an account.
    function releaseToSettlement(address account) internal {
        vm.startPrank(account);
        credits.setApprovalForAll(address(settlement), true);
        cash.approve(address(settlement), type(uint256).max);
        vm.stopPrank();
    }

    function pause() internal {
        vm.prank(pauser);
        credits.pause();
    }

    /// @notice An account of whose serials every second one comes from elsewhere: so many ranges of one tonne each.
    function fragment(address account, uint256 tokenId, address supplier, uint256 ranges) internal {
        for (uint256 i = 0; i < ranges; i++) {
            transfer(supplier, account, tokenId, 1);
            transfer(supplier, carol, tokenId, 1);
        }
    }

    /// @param expected first and last of each range
    function assertSerials(address account, uint256 tokenId, uint256[] memory expected) internal view {
        SerialRanges.Range[] memory ranges = credits.serialsOf(account, tokenId);
        uint256[] memory ends = new uint256[](2 * ranges.length);
        uint256 tonnes;
        for (uint256 i = 0; i < ranges.length; i++) {
            (ends[2 * i], ends[2 * i + 1]) = (ranges[i].first, ranges[i].last);
            tonnes += uint256(ranges[i].last) - ranges[i].first + 1;
        }
        vm.assertEq(abi.encode(ends), abi.encode(expected), "serials");
        vm.assertEq(credits.balanceOf(account, tokenId), tonnes, "balance is the number of serials");
    }

    function assertSupply(uint256 tokenId, uint256 issuedTonnes, uint256 retiredTonnes) internal view {
        (uint256 issued_, uint256 retired_) = credits.supply(tokenId);
        vm.assertEq(issued_, issuedTonnes, "issued");
        vm.assertEq(retired_, retiredTonnes, "retired");
    }

    function none() internal pure returns (uint256[] memory) {
        return new uint256[](0);
    }

    function list(uint256 a, uint256 b) internal pure returns (uint256[] memory values) {
        values = new uint256[](2);
        (values[0], values[1]) = (a, b);
    }

    function list(uint256 a, uint256 b, uint256 c, uint256 d) internal pure returns (uint256[] memory values) {
        values = new uint256[](4);
        (values[0], values[1], values[2], values[3]) = (a, b, c, d);
    }

    function list(uint256 a, uint256 b, uint256 c, uint256 d, uint256 e, uint256 f) internal pure returns (uint256[] memory values) {
        values = new uint256[](6);
        (values[0], values[1], values[2], values[3], values[4], values[5]) = (a, b, c, d, e, f);
    }
}

/// @notice A test on a registry of its own.
abstract contract Fixture is Registry {
    function setUp() public virtual {
        open();
    }
}
