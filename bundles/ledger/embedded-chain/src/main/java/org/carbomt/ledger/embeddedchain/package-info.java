/**
 * An Ethereum node in the process: go-ethereum's EVM and state database by libevm, Shanghai rules, blocks made on demand and sealed by one local
 * validator, JSON-RPC on loopback, durable across kill -9.
 *
 * <p>Blocks are real Ethereum blocks. The seal is Clique's (EIP-225): {@code extraData} is 32 bytes of vanity and 65 bytes r ‖ s ‖ v (v 0 or 1) over
 * keccak256 of the RLP of the header with these last 65 bytes cut off; block 0 carries 32 bytes vanity (the chain id in its last 8), the
 * validator's 20-byte address and 65 zero bytes. Difficulty, mix hash and nonce are 0, the base fee is 0.
 */
package org.carbomt.ledger.embeddedchain;
