/** libevm 1.1.0 (MIT) and libsecp256k1 (MIT) for Linux x86-64, unpacked where they leave no trace outside the container's data. */
package org.carbomt.ledger.evm;
