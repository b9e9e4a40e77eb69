package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Hash;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Ethereum's hash: Keccak with the padding from before FIPS 202. */
final class Keccak256 {
    private Keccak256() {}

    static byte[] hash(byte[] bytes) {
        var digest = new KeccakDigest(256);
        digest.update(bytes, 0, bytes.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }

    static Hash of(byte[] bytes) {
        return new Hash(hash(bytes));
    }
}
