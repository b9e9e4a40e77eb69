// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {AnchorRegistry} from "./AnchorRegistry.sol";
import {BusinessKeys} from "./BusinessKeys.sol";
import {ClaimedHours} from "./ClaimedHours.sol";
import {SerialRanges} from "./SerialRanges.sol";

/// @notice Carbon credits: 1 unit = 1 tonne CO2, one token id an issuance, serials 1..tonnes within it. Every unit of every holder is a named
/// serial; a retirement names the unbroken block it takes, for ever.
contract CarbonCredits is ERC1155, AccessControl, Pausable, BusinessKeys {
    using SerialRanges for SerialRanges.Queue;
    using ClaimedHours for ClaimedHours.Hours;

    bytes32 public constant ISSUER_ROLE = keccak256("ISSUER_ROLE");
    bytes32 public constant PAUSER_ROLE = keccak256("PAUSER_ROLE");
    /// @notice The most tonnes of one issuance: what a signed 64-bit integer holds.
    uint256 public constant MAX_TONNES = type(uint64).max >> 1;

    /// @param to account that receives
    /// @param projectId as in the serials, e.g. C01-001
    /// @param sourceId emission source whose hours are claimed
    /// @param fromHour first hour, counted from 1970-01-01T00Z
    /// @param toHour end, exclusive
    /// @param evidence root of the batch of verified hours, anchored before
    /// @param terms hash of the quantification
    struct Issuance {
        address to;
        string projectId;
        string sourceId;
        uint256 fromHour;
        uint256 toHour;
        uint256 tonnes;
        bytes32 evidence;
        bytes32 terms;
    }

    AnchorRegistry public immutable anchors;

    uint256 private _tokens;
    mapping(uint256 tokenId => uint256) private _issued;
    mapping(uint256 tokenId => uint256) private _retired;
    mapping(bytes32 evidence => bool) private _evidenceUsed;
    mapping(bytes32 source => ClaimedHours.Hours) private _claimed;
    mapping(uint256 tokenId => mapping(address holder => SerialRanges.Queue)) private _serials;

    event CreditsIssued(
        uint256 indexed tokenId,
        bytes32 indexed key,
        address indexed account,
        bytes32 evidence,
        bytes32 terms,
        string projectId,
        string sourceId,
        uint256 fromHour,
        uint256 toHour,
        uint256 serialFirst,
        uint256 serialLast
    );
    event CreditsTransferred(uint256 indexed tokenId, bytes32 indexed key, address indexed from, address to, uint256 tonnes);
    event CreditsRetired(
        uint256 indexed tokenId,
        bytes32 indexed key,
        address indexed account,
        uint256 serialFirst,
        uint256 serialLast,
        string beneficiary,
        string reason
    );
    event SerialsMoved(
        uint256 indexed tokenId, address indexed from, address indexed to, uint256 serialFirst, uint256 serialLast
    );

    error EvidenceNotAnchored(bytes32 evidence);
    error EvidenceUsed(bytes32 evidence);
    error TonnesWrong(uint256 tonnes);

    constructor(address admin, AnchorRegistry anchors_) ERC1155("") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        anchors = anchors_;
    }

    /// @notice Issues the serials 1..tonnes of a new token, once per key, per evidence and per hour of a source.
    /// @return tokenId of the new credits: 1, 2, 3, …
    function issue(bytes32 key, Issuance calldata issuance) external onlyRole(ISSUER_ROLE) returns (uint256 tokenId) {
        _use(address(0), key);
        if (issuance.tonnes == 0 || issuance.tonnes > MAX_TONNES) revert TonnesWrong(issuance.tonnes);
        if (anchors.leavesOf(issuance.evidence) == 0) revert EvidenceNotAnchored(issuance.evidence);
        if (_evidenceUsed[issuance.evidence]) revert EvidenceUsed(issuance.evidence);
        _evidenceUsed[issuance.evidence] = true;
        _claimed[keccak256(bytes(issuance.sourceId))].claim(issuance.sourceId, issuance.fromHour, issuance.toHour);
        tokenId = ++_tokens;
        _issued[tokenId] = issuance.tonnes;
        emit CreditsIssued(
            tokenId,
            key,
            issuance.to,
            issuance.evidence,
            issuance.terms,
            issuance.projectId,
            issuance.sourceId,
            issuance.fromHour,
            issuance.toHour,
            1,
            issuance.tonnes
        );
        _mint(issuance.to, tokenId, issuance.tonnes, "");
    }

    /// @notice Moves the caller's credits, once per key; safeTransferFrom moves them without a key.
    function transfer(bytes32 key, address to, uint256 tokenId, uint256 tonnes) external {
        _use(msg.sender, key);
        if (tonnes == 0) revert TonnesWrong(tonnes);
        emit CreditsTransferred(tokenId, key, msg.sender, to, tonnes);
        _safeTransferFrom(msg.sender, to, tokenId, tonnes, "");
    }

    /// @notice Retires the caller's credits, for ever: one unbroken block of serials.
    /// @return serialFirst first serial of the block
    /// @return serialLast its last
    function retire(bytes32 key, uint256 tokenId, uint256 tonnes, string calldata beneficiary, string calldata reason)
        external
        returns (uint256 serialFirst, uint256 serialLast)
    {
        _use(msg.sender, key);
        if (tonnes == 0) revert TonnesWrong(tonnes);
        _burn(msg.sender, tokenId, tonnes);
        _retired[tokenId] += tonnes;
        SerialRanges.Range memory taken = _serials[tokenId][msg.sender].takeBlock(tonnes);
        emit CreditsRetired(tokenId, key, msg.sender, taken.first, taken.last, beneficiary, reason);
        return (taken.first, taken.last);
    }

    /// @notice Stops issuing, moving and retiring until unpause.
    function pause() external onlyRole(PAUSER_ROLE) {
        _pause();
    }

    /// @notice Goes on after pause.
    function unpause() external onlyRole(PAUSER_ROLE) {
        _unpause();
    }

    /// @return issued tonnes of that token
    /// @return retired of them
    function supply(uint256 tokenId) external view returns (uint256 issued, uint256 retired) {
        return (_issued[tokenId], _retired[tokenId]);
    }

    /// @return how many tokens there are; they are numbered from 1
    function tokens() external view returns (uint256) {
        return _tokens;
    }

    /// @notice The serials an account holds of a token, in the order in which they will leave.
    function serialsOf(address account, uint256 tokenId) external view returns (SerialRanges.Range[] memory) {
        return _serials[tokenId][account].list();
    }

    /// @return whether the hour, counted from 1970-01-01T00Z, has earned credits of that source
    function isClaimed(string calldata sourceId, uint256 hour) external view returns (bool) {
        return _claimed[keccak256(bytes(sourceId))].isClaimed(hour);
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC1155, AccessControl) returns (bool) {
        return super.supportsInterface(interfaceId);
    }

    /// @dev Balances first (they refuse what is not held), then the serials, and only then any receiver is called. A burn is always a
    /// retirement, which takes its block itself.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override whenNotPaused {
        super._update(from, to, ids, values);
        if (to == address(0)) return;
        for (uint256 i = 0; i < ids.length; i++) {
            if (values[i] != 0) _moveSerials(from, to, ids[i], values[i]);
        }
    }

    function _moveSerials(address from, address to, uint256 tokenId, uint256 tonnes) private {
        if (from == address(0)) {
            _serials[tokenId][to].append(SerialRanges.Range(1, uint128(tonnes)));
            emit SerialsMoved(tokenId, from, to, 1, tonnes);
            return;
        }
        SerialRanges.Range[] memory moved = _serials[tokenId][from].take(tonnes);
        for (uint256 i = 0; i < moved.length; i++) {
            _serials[tokenId][to].append(moved[i]);
            emit SerialsMoved(tokenId, from, to, moved[i].first, moved[i].last);
        }
    }
}
