/** Copies of evidence on an IPFS node, by the RPC API of Kubo. */
package org.carbomt.ledger.evidenceipfs;
