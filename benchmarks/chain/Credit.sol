// SPDX-License-Identifier: MIT
/// The contract of ../shared/peers/chain-dev-nodes: a plain ERC-1155 whose minter has a role.
pragma solidity ^0.8.20;
import "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import "@openzeppelin/contracts/access/AccessControl.sol";
contract Credit is ERC1155, AccessControl {
    bytes32 public constant MINTER = keccak256("MINTER");
    mapping(uint256 => uint256) public minted;
    constructor() ERC1155("") { _grantRole(DEFAULT_ADMIN_ROLE, msg.sender); _grantRole(MINTER, msg.sender); }
    function mint(address to, uint256 id, uint256 amount, bytes calldata proof) external onlyRole(MINTER) { minted[id] += amount; _mint(to, id, amount, proof); }
    function mintBatch(address to, uint256[] calldata ids, uint256[] calldata amounts) external onlyRole(MINTER) { _mintBatch(to, ids, amounts, ""); }
    function supportsInterface(bytes4 i) public view override(ERC1155, AccessControl) returns (bool) { return super.supportsInterface(i); }
}
