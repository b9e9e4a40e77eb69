package org.carbomt.api.evidence;

import org.carbomt.api.canonical.Hash;

/** CIDv1, codec raw (0x55), sha2-256, multibase base32 lower case: {@code bafkrei…}. Addresses the stored (encrypted) bytes. */
public record Cid(String text) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final byte[] PREFIX = {0x01, 0x55, 0x12, 0x20};

    public Cid {
        if (text == null || !text.matches("b[a-z2-7]{58}")) throw new IllegalArgumentException("cid: " + text + ", expected CIDv1 raw sha2-256 in base32, 59 characters");
    }

    /** The CID of content with that SHA-256. */
    public static Cid of(Hash sha256) {
        var bytes = new byte[36];
        System.arraycopy(PREFIX, 0, bytes, 0, 4);
        System.arraycopy(sha256.bytes(), 0, bytes, 4, 32);
        var out = new StringBuilder("b");
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(ALPHABET.charAt(buffer >>> bits & 31));
            }
        }
        if (bits > 0) out.append(ALPHABET.charAt(buffer << 5 - bits & 31));
        return new Cid(out.toString());
    }

    public static Cid ofContent(byte[] content) {
        return of(Hash.sha256(content));
    }

    @Override
    public String toString() {
        return text;
    }
}
