/**
 * The ledger on any Ethereum node, reached by JSON-RPC through web3j and by nothing else. Every effect leaves through a durable outbox: the call is stored when it
 * is asked for, the signed transaction before it is sent, so whatever is interrupted happens once or not at all.
 */
package org.carbomt.ledger.ethereum;
