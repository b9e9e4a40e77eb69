package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.Hash;
import java.util.Arrays;
import java.util.List;

/**
 * A block header with the 17 fields of Shanghai; those that never differ here are not stored.
 *
 * @param timestamp seconds since 1970
 * @param extraData vanity and seal, see the package
 */
record Header(Hash parentHash, Address coinbase, Hash stateRoot, Hash transactionsRoot, Hash receiptsRoot, byte[] logsBloom, long number, long gasLimit, long gasUsed,
        long timestamp, byte[] extraData) {
    static final int VANITY = 32;
    static final int SEAL = 65;
    /** keccak256(rlp([])). */
    static final byte[] NO_OMMERS = Keccak256.hash(Rlp.list());

    byte[] rlp() {
        return rlp(extraData);
    }

    private byte[] rlp(byte[] extra) {
        return Rlp.list(parentHash.toBytes(), NO_OMMERS, coinbase.toBytes(), stateRoot.toBytes(), transactionsRoot.toBytes(), receiptsRoot.toBytes(), logsBloom, 0L, number,
                gasLimit, gasUsed, timestamp, extra, new byte[32], new byte[8], 0L, MerkleTrie.EMPTY_ROOT);
    }

    Hash hash() {
        return Keccak256.of(rlp());
    }

    /** What the validator signs. */
    byte[] sealHash() {
        return Keccak256.hash(rlp(Arrays.copyOf(extraData, extraData.length - SEAL)));
    }

    Header sealed(Secp256k1Key validator) {
        byte[] extra = extraData.clone();
        System.arraycopy(validator.sign(sealHash()), 0, extra, extra.length - SEAL, SEAL);
        return new Header(parentHash, coinbase, stateRoot, transactionsRoot, receiptsRoot, logsBloom, number, gasLimit, gasUsed, timestamp, extra);
    }

    static Header parse(Object item) {
        List<?> f = Rlp.listOf(item);
        if (f.size() != 17) throw new IllegalArgumentException("block header has " + f.size() + " fields, not 17");
        return new Header(hash(f, 0), new Address(Rlp.bytesOf(f.get(2))), hash(f, 3), hash(f, 4), hash(f, 5), Rlp.bytesOf(f.get(6)), Rlp.longOf(f.get(8)), Rlp.longOf(f.get(9)),
                Rlp.longOf(f.get(10)), Rlp.longOf(f.get(11)), Rlp.bytesOf(f.get(12)));
    }

    private static Hash hash(List<?> fields, int index) {
        return new Hash(Rlp.bytesOf(fields.get(index)));
    }
}
