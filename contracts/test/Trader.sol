// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1155Errors, IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BusinessKeys} from "../src/BusinessKeys.sol";
import {CarbonCredits} from "../src/CarbonCredits.sol";
import {ClaimedHours} from "../src/ClaimedHours.sol";
import {SerialRanges} from "../src/SerialRanges.sol";
import {Settlement} from "../src/Settlement.sol";
import {Registry} from "./Fixture.sol";
import {Keeper, Refuser} from "./Receivers.sol";
import {SlowSerials} from "./SlowSerials.sol";
import {vm} from "./Vm.sol";

/// @notice Does anything to the contracts, at random, and keeps its own slow books beside them. Before each call it says what must come of it,
/// success or the very error with its arguments; anything else reverts. A function's arguments are random words, made small here.
contract Trader is Registry {
    using SlowSerials for SlowSerials.List;

    uint256 public constant HOLDERS = 6;
    uint256 private constant SOURCES = 3;
    uint256 private constant KEYS = 24;

    /// @notice Four people, a contract that takes credits, and one that does not.
    address[HOLDERS] public holders;
    uint256 public tokens;
    uint256 public cashDeposited;
    mapping(uint256 token => uint256) public issuedOf;
    mapping(uint256 token => uint256) public retiredOf;
    /// @notice How often an outcome was met, by name of the action or selector of the error.
    mapping(bytes4 outcome => uint256) public met;

    bool public paused;
    mapping(uint256 token => mapping(address holder => SlowSerials.List)) private _serials;
    mapping(uint256 token => mapping(uint256 serial => bool)) private _retired;
    mapping(address holder => uint256) private _cash;
    mapping(address holder => uint256) private _allowance;
    mapping(address holder => bool) private _approved;
    mapping(address target => mapping(address scope => mapping(bytes32 key => bool))) private _keyUsed;
    mapping(bytes32 root => bool) private _evidenceUsed;
    mapping(uint256 source => mapping(uint256 hour => bool)) private _claimed;
    bytes32[] private _roots;

    constructor() {
        open();
        holders = [alice, bob, carol, named("dora"), address(new Keeper()), address(new Refuser())];
        for (uint256 i = 0; i < HOLDERS; i++) {
            releaseToSettlement(holders[i]);
            (_approved[holders[i]], _allowance[holders[i]]) = (true, type(uint256).max);
        }
    }

    // ---- actions

    function doIssue(uint256 keyWord, uint256 toWord, uint256 tonnesWord, uint256 hourWord, uint256 evidenceWord) external {
        bytes32 key = _key(keyWord);
        uint256 source = hourWord % SOURCES;
        CarbonCredits.Issuance memory what;
        what.to = _holder(toWord);
        what.projectId = "C01-001";
        what.sourceId = string.concat("unit-", vm.toString(source));
        what.tonnes = tonnesWord % 20 == 0 ? (tonnesWord / 20 % 2) * (credits.MAX_TONNES() + 1) : 1 + tonnesWord % 60;
        what.fromHour = (hourWord / SOURCES) % 3_000;
        what.toHour = what.fromHour + (hourWord >> 64) % 40;
        what.evidence = _evidence(evidenceWord);
        bytes memory refusal = _refusalOfIssue(key, source, what);
        if (_try(this.doIssue.selector, issuer, address(credits), abi.encodeCall(credits.issue, (key, what)), refusal)) {
            tokens++;
            issuedOf[tokens] = what.tonnes;
            _keyUsed[address(credits)][address(0)][key] = true;
            _evidenceUsed[what.evidence] = true;
            for (uint256 hour = what.fromHour; hour < what.toHour; hour++) _claimed[source][hour] = true;
            for (uint256 serial = 1; serial <= what.tonnes; serial++) _serials[tokens][what.to].give(serial);
        }
    }

    function doTransfer(uint256 keyWord, uint256 fromWord, uint256 toWord, uint256 tokenWord, uint256 tonnesWord) external {
        bytes32 key = _key(keyWord);
        (address from, address to, uint256 token) = (_holder(fromWord), _holder(toWord), _token(tokenWord));
        uint256 tonnes = _tonnes(from, token, tonnesWord);
        bytes memory refusal;
        if (_keyUsed[address(credits)][from][key]) refusal = _used(key);
        else if (tonnes == 0) refusal = abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, 0);
        else refusal = _refusalOfMove(from, to, token, tonnes);
        if (_try(this.doTransfer.selector, from, address(credits), abi.encodeCall(credits.transfer, (key, to, token, tonnes)), refusal)) {
            _keyUsed[address(credits)][from][key] = true;
            _move(from, to, token, tonnes);
        }
    }

    function doSafeTransfer(uint256 fromWord, uint256 toWord, uint256 tokenWord, uint256 tonnesWord) external {
        (address from, address to, uint256 token) = (_holder(fromWord), _holder(toWord), _token(tokenWord));
        uint256 tonnes = _tonnes(from, token, tonnesWord);
        bytes memory call = abi.encodeCall(credits.safeTransferFrom, (from, to, token, tonnes, ""));
        if (_try(this.doSafeTransfer.selector, from, address(credits), call, _refusalOfMove(from, to, token, tonnes))) {
            _move(from, to, token, tonnes);
        }
    }

    /// @dev Two entries, often of one token.
    function doBatch(uint256 fromWord, uint256 toWord, uint256 tokenWord, uint256 tonnesWord) external {
        (address from, address to) = (_holder(fromWord), _holder(toWord));
        uint256[] memory ids = list(_token(tokenWord), _token(tokenWord >> 128));
        uint256[] memory values = list(_tonnes(from, ids[0], tonnesWord) / 2, _tonnes(from, ids[1], tonnesWord >> 128) / 2);
        bytes memory refusal = _refusalOfMove(from, address(0), ids[0], values[0]);
        if (refusal.length == 0) {
            uint256 left = _held(from, ids[1]) - (ids[0] == ids[1] && from != to ? values[0] : 0);
            if (left < values[1]) refusal = _insufficientCredits(from, left, values[1], ids[1]);
            else refusal = _refusalOfReceiver(to);
        }
        if (_try(this.doBatch.selector, from, address(credits), abi.encodeCall(credits.safeBatchTransferFrom, (from, to, ids, values, "")), refusal)) {
            _move(from, to, ids[0], values[0]);
            _move(from, to, ids[1], values[1]);
        }
    }

    function doRetire(uint256 keyWord, uint256 holderWord, uint256 tokenWord, uint256 tonnesWord) external {
        bytes32 key = _key(keyWord);
        (address holder, uint256 token) = (_holder(holderWord), _token(tokenWord));
        uint256 tonnes = _tonnes(holder, token, tonnesWord);
        SlowSerials.List storage mine = _serials[token][holder];
        (uint256 place, uint256 largest) = mine.find(tonnes, SerialRanges.MAX_SEARCHED);
        bytes memory refusal;
        if (_keyUsed[address(credits)][holder][key]) refusal = _used(key);
        else if (tonnes == 0) refusal = abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, 0);
        else refusal = _refusalOfMove(holder, address(0), token, tonnes);
        if (refusal.length == 0 && place == mine.ranges.length) refusal = abi.encodeWithSelector(SerialRanges.NoSuchBlock.selector, tonnes, largest);
        if (_try(this.doRetire.selector, holder, address(credits), abi.encodeCall(credits.retire, (key, token, tonnes, "b", "r")), refusal)) {
            _keyUsed[address(credits)][holder][key] = true;
            (uint256 first, uint256 last) = mine.takeBlock(place, tonnes);
            for (uint256 serial = first; serial <= last; serial++) _retired[token][serial] = true;
            retiredOf[token] += tonnes;
        }
    }

    function doDeposit(uint256 keyWord, uint256 holderWord, uint256 minorWord) external {
        bytes32 key = _key(keyWord);
        (address holder, uint256 minor) = (_holder(holderWord), minorWord % 8 == 0 ? 0 : minorWord % 1_000);
        bytes memory refusal;
        if (_keyUsed[address(cash)][address(0)][key]) refusal = _used(key);
        else if (minor == 0) refusal = abi.encodeWithSignature("NothingToDeposit(address)", holder);
        if (_try(this.doDeposit.selector, treasury, address(cash), abi.encodeCall(cash.deposit, (key, holder, minor)), refusal)) {
            _keyUsed[address(cash)][address(0)][key] = true;
            _cash[holder] += minor;
            cashDeposited += minor;
        }
    }

    function doPay(uint256 fromWord, uint256 toWord, uint256 minorWord) external {
        (address from, address to, uint256 minor) = (_holder(fromWord), _holder(toWord), minorWord % 500);
        bytes memory refusal = _cash[from] < minor ? _insufficientCash(from, minor) : bytes("");
        if (_try(this.doPay.selector, from, address(cash), abi.encodeCall(cash.transfer, (to, minor)), refusal)) _pay(from, to, minor);
    }

    function doRelease(uint256 holderWord, bool approved, uint256 allowance) external {
        address holder = _holder(holderWord);
        allowance = allowance % 4 == 0 ? allowance % 500 : type(uint256).max;
        _try(this.doRelease.selector, holder, address(credits), abi.encodeCall(credits.setApprovalForAll, (address(settlement), approved)), "");
        _try(this.doRelease.selector, holder, address(cash), abi.encodeCall(cash.approve, (address(settlement), allowance)), "");
        (_approved[holder], _allowance[holder]) = (approved, allowance);
    }

    function doSettle(uint256 keyWord, uint256 sellerWord, uint256 buyerWord, uint256 tokenWord, uint256 tonnesWord, uint256 priceWord) external {
        bytes32 key = _key(keyWord);
        (address seller, address buyer, uint256 token) = (_holder(sellerWord), _holder(buyerWord), _token(tokenWord));
        (uint256 tonnes, uint256 price) = (_tonnes(seller, token, tonnesWord), priceWord % 300);
        bytes memory refusal = _refusalOfSale(key, seller, buyer, token, tonnes, price);
        bytes memory call = abi.encodeCall(settlement.settle, (key, seller, buyer, token, tonnes, price));
        if (_try(this.doSettle.selector, operator, address(settlement), call, refusal)) {
            _keyUsed[address(settlement)][address(0)][key] = true;
            if (_allowance[buyer] != type(uint256).max) _allowance[buyer] -= price;
            _pay(buyer, seller, price);
            _move(seller, buyer, token, tonnes);
        }
    }

    /// @dev Paused one time in eight only, or nothing else would happen.
    function doPause(uint256 word) external {
        bool wanted = word % 8 == 0;
        bytes memory refusal;
        if (wanted && paused) refusal = abi.encodeWithSelector(Pausable.EnforcedPause.selector);
        if (!wanted && !paused) refusal = abi.encodeWithSelector(Pausable.ExpectedPause.selector);
        bytes memory call = wanted ? abi.encodeCall(credits.pause, ()) : abi.encodeCall(credits.unpause, ());
        if (_try(this.doPause.selector, pauser, address(credits), call, refusal)) paused = wanted;
    }

    // ---- comparisons, for the invariants

    /// @notice The contracts' books are the slow ones, entry by entry.
    function compare() external view {
        vm.assertEq(credits.tokens(), tokens, "tokens");
        vm.assertTrue(credits.paused() == paused, "paused");
        for (uint256 token = 1; token <= tokens; token++) {
            for (uint256 i = 0; i < HOLDERS; i++) {
                vm.assertEq(abi.encode(credits.serialsOf(holders[i], token)), abi.encode(_serials[token][holders[i]].ranges), "serials");
            }
        }
        for (uint256 i = 0; i < HOLDERS; i++) {
            vm.assertEq(cash.balanceOf(holders[i]), _cash[holders[i]], "cash");
            vm.assertEq(cash.allowance(holders[i], address(settlement)), _allowance[holders[i]], "allowance");
        }
    }

    /// @notice By the contracts' words alone: each serial is held by one account or was retired, and the sums are what they should be.
    function balance() external view {
        for (uint256 token = 1; token <= tokens; token++) {
            (uint256 issued_, uint256 retired_) = credits.supply(token);
            vm.assertEq(issued_, issuedOf[token], "issued");
            vm.assertEq(retired_, retiredOf[token], "retired");
            bool[] memory seen = new bool[](issued_ + 1);
            uint256 held;
            for (uint256 i = 0; i < HOLDERS; i++) {
                SerialRanges.Range[] memory ranges = credits.serialsOf(holders[i], token);
                uint256 mine;
                for (uint256 j = 0; j < ranges.length; j++) {
                    for (uint256 serial = ranges[j].first; serial <= ranges[j].last; serial++) {
                        require(!seen[serial], "a serial is held twice");
                        require(!_retired[token][serial], "a retired serial is held");
                        (seen[serial], mine) = (true, mine + 1);
                    }
                }
                vm.assertEq(credits.balanceOf(holders[i], token), mine, "balance is the number of serials");
                held += mine;
            }
            vm.assertEq(held + retired_, issued_, "held and retired are what was issued");
        }
    }

    /// @notice Deposits are the only source of cash, and it does not get lost.
    function conserve() external view {
        uint256 held;
        for (uint256 i = 0; i < HOLDERS; i++) held += cash.balanceOf(holders[i]);
        vm.assertEq(held, cashDeposited, "cash of all");
        vm.assertEq(cash.totalSupply(), cashDeposited, "cash in circulation");
    }

    // ---- what must come of a call, in the order in which the contracts look

    function _refusalOfIssue(bytes32 key, uint256 source, CarbonCredits.Issuance memory what) private view returns (bytes memory) {
        if (_keyUsed[address(credits)][address(0)][key]) return _used(key);
        if (what.tonnes == 0 || what.tonnes > credits.MAX_TONNES()) return abi.encodeWithSelector(CarbonCredits.TonnesWrong.selector, what.tonnes);
        if (anchors.leavesOf(what.evidence) == 0) return abi.encodeWithSelector(CarbonCredits.EvidenceNotAnchored.selector, what.evidence);
        if (_evidenceUsed[what.evidence]) return abi.encodeWithSelector(CarbonCredits.EvidenceUsed.selector, what.evidence);
        if (what.toHour == what.fromHour) return abi.encodeWithSelector(ClaimedHours.PeriodWrong.selector, what.fromHour, what.toHour);
        for (uint256 hour = what.fromHour; hour < what.toHour; hour++) {
            if (_claimed[source][hour]) return abi.encodeWithSelector(ClaimedHours.PeriodClaimed.selector, what.sourceId, hour);
        }
        if (paused) return abi.encodeWithSelector(Pausable.EnforcedPause.selector);
        return _refusalOfReceiver(what.to);
    }

    /// @param to 0 for nobody who could refuse
    function _refusalOfMove(address from, address to, uint256 token, uint256 tonnes) private view returns (bytes memory) {
        if (paused) return abi.encodeWithSelector(Pausable.EnforcedPause.selector);
        uint256 held = _held(from, token);
        if (held < tonnes) return _insufficientCredits(from, held, tonnes, token);
        return _refusalOfReceiver(to);
    }

    function _refusalOfReceiver(address to) private view returns (bytes memory) {
        return to == holders[HOLDERS - 1] ? abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, to) : bytes("");
    }

    function _refusalOfSale(bytes32 key, address seller, address buyer, uint256 token, uint256 tonnes, uint256 price) private view returns (bytes memory) {
        if (_keyUsed[address(settlement)][address(0)][key]) return _used(key);
        if (seller == buyer) return abi.encodeWithSelector(Settlement.SelfSale.selector, seller);
        if (tonnes == 0) return abi.encodeWithSelector(Settlement.NothingToSettle.selector, key);
        if (_allowance[buyer] < price) {
            return abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(settlement), _allowance[buyer], price);
        }
        if (_cash[buyer] < price) return _insufficientCash(buyer, price);
        if (!_approved[seller]) return abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, address(settlement), seller);
        return _refusalOfMove(seller, buyer, token, tonnes);
    }

    function _used(bytes32 key) private pure returns (bytes memory) {
        return abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, key);
    }

    function _insufficientCredits(address from, uint256 held, uint256 needed, uint256 token) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, from, held, needed, token);
    }

    function _insufficientCash(address from, uint256 needed) private view returns (bytes memory) {
        return abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, from, _cash[from], needed);
    }

    /// @return done whether it went through; reverts when that, or the refusal's bytes, are not as foretold
    function _try(bytes4 action, address sender, address target, bytes memory call, bytes memory refusal) private returns (bool done) {
        bytes memory answer;
        vm.prank(sender);
        (done, answer) = target.call(call);
        vm.assertEq(done ? bytes("") : answer, refusal, "what came of it");
        met[done ? action : bytes4(refusal)]++;
    }

    // ---- the slow books

    function _move(address from, address to, uint256 token, uint256 tonnes) private {
        uint256[] memory moved = new uint256[](tonnes);
        for (uint256 i = 0; i < tonnes; i++) moved[i] = _serials[token][from].takeFirst();
        for (uint256 i = 0; i < tonnes; i++) _serials[token][to].give(moved[i]);
    }

    function _pay(address from, address to, uint256 minor) private {
        _cash[from] -= minor;
        _cash[to] += minor;
    }

    function _held(address holder, uint256 token) private view returns (uint256 tonnes) {
        SlowSerials.List storage mine = _serials[token][holder];
        for (uint256 i = 0; i < mine.ranges.length; i++) tonnes += mine.length(i);
    }

    // ---- random words made small

    function _holder(uint256 word) private view returns (address) {
        return holders[word % 16 == 15 ? HOLDERS - 1 : word % (HOLDERS - 1)];
    }

    /// @dev One time in sixteen one that is not there; else one of the last four, so that holdings break up.
    function _token(uint256 word) private view returns (uint256) {
        if (tokens == 0 || word % 16 == 15) return tokens + 1;
        return tokens - (word / 16) % (tokens < 4 ? tokens : 4);
    }

    /// @dev Mostly a part of what is held; sometimes nothing, all, or one more than that.
    function _tonnes(address holder, uint256 token, uint256 word) private view returns (uint256) {
        uint256 held = _held(holder, token);
        if (word % 16 < 2) return (word % 2) * held;
        if (word % 16 == 2) return held + 1;
        return held == 0 ? 1 : 1 + (word / 16) % (held < 9 ? held : 9);
    }

    /// @dev Mostly one that nobody used; one time in eight one of a few.
    function _key(uint256 word) private returns (bytes32) {
        return word % 8 == 0 ? bytes32((word / 8) % KEYS) : fresh();
    }

    /// @dev Mostly a batch anchored for it; sometimes an earlier one, or one that was never anchored.
    function _evidence(uint256 word) private returns (bytes32 root) {
        if (word % 16 == 0) return keccak256(abi.encode("not anchored", word));
        if (word % 16 < 3 && _roots.length > 0) return _roots[(word / 16) % _roots.length];
        root = anchored();
        _roots.push(root);
    }
}
