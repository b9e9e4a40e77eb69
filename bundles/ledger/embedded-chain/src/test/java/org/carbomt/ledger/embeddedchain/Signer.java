package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import java.math.BigInteger;

/** Signs transactions in the tests: legacy, free gas. */
final class Signer {
    private final Secp256k1Key key;
    private final long chainId;

    Signer(long secret, long chainId) {
        this.key = new Secp256k1Key(BigInteger.valueOf(secret));
        this.chainId = chainId;
    }

    Address address() {
        return key.address();
    }

    /** @param to null for a creation */
    byte[] sign(long nonce, Address to, long value, String data, long gas) {
        return sign(nonce, to, BigInteger.valueOf(value), data, gas, BigInteger.ZERO);
    }

    byte[] sign(long nonce, Address to, BigInteger value, String data, long gas, BigInteger price) {
        byte[] target = to == null ? new byte[0] : to.toBytes();
        byte[] signature = key.sign(Keccak256.hash(Rlp.list(nonce, price, gas, target, value, Hex.bytes(data), chainId, 0L, 0L)));
        return Rlp.list(nonce, price, gas, target, value, Hex.bytes(data), chainId * 2 + 35 + signature[64], new BigInteger(1, signature, 0, 32), new BigInteger(1, signature, 32, 32));
    }

    Transaction transfer(long nonce, Address to, long value) {
        return Transaction.decode(sign(nonce, to, value, "0x", 21_000), chainId);
    }
}
