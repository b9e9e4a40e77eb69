package org.carbomt.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A block header, its hash and its seal. The embedded chain signs as Clique does (EIP-225): extraData = 32 bytes vanity ‖ 65 bytes seal; signed
 * is keccak256 of the RLP of the header with these last 65 bytes removed.
 */
record BlockHeader(byte[] rlp, List<Object> fields) {
    private static final int RECEIPTS_ROOT = 5;
    private static final int NUMBER = 8;
    private static final int TIME = 11;
    private static final int EXTRA = 12;
    private static final int VANITY = 32;
    private static final int SEAL = 65;

    static BlockHeader parse(byte[] rlp) {
        var fields = Rlp.list(Rlp.decode(rlp), "the block header");
        Broken.unless(fields.size() >= 15 && fields.size() <= 24, "the block header has %d fields, expected 15 to 24", fields.size());
        for (int i = 0; i < fields.size(); i++) Rlp.bytes(fields.get(i), "field " + i + " of the block header");
        return new BlockHeader(rlp, fields);
    }

    String hash() {
        return "0x" + HexFormat.of().formatHex(Keccak256.hash(rlp));
    }

    byte[] receiptsRoot() {
        return field(RECEIPTS_ROOT);
    }

    long number() {
        return integer(NUMBER, "number");
    }

    /** Seconds since 1970 as the validator wrote them. */
    long time() {
        return integer(TIME, "time");
    }

    /** Address of the key that sealed it; empty when extraData has no room for a seal. */
    Optional<String> signer() {
        var extra = field(EXTRA);
        if (extra.length != VANITY + SEAL) return Optional.empty();
        var unsealed = new ArrayList<>(fields);
        unsealed.set(EXTRA, Arrays.copyOf(extra, extra.length - SEAL));
        return Optional.of(Secp256k1.signer(Keccak256.hash(Rlp.encode(unsealed)), Arrays.copyOfRange(extra, extra.length - SEAL, extra.length)));
    }

    private long integer(int index, String name) {
        var bytes = field(index);
        Broken.unless(bytes.length <= 8 && (bytes.length == 0 || bytes[0] != 0), "the block header's %s has %d bytes", name, bytes.length);
        var value = new BigInteger(1, bytes);
        Broken.unless(value.bitLength() < 63, "the block header's %s is %s", name, value);
        return value.longValue();
    }

    private byte[] field(int index) {
        return (byte[]) fields.get(index);
    }
}
