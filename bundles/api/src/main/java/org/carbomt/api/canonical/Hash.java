package org.carbomt.api.canonical;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, written as 64 lower-case hexadecimal digits. Immutable. */
public final class Hash implements Comparable<Hash> {
    public static final int LENGTH = 32;
    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes exactly 32 bytes, copied */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) throw new IllegalArgumentException("hash: " + bytes.length + " bytes, expected 32");
        return new Hash(bytes.clone());
    }

    /** @param hex 64 hexadecimal digits, with or without 0x */
    public static Hash parse(String hex) {
        return of(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
    }

    /** SHA-256 of the parts one after the other. */
    public static Hash sha256(byte[]... parts) {
        var digest = digest();
        for (var part : parts) digest.update(part);
        return new Hash(digest.digest());
    }

    /** A fresh SHA-256 digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Hash h && Arrays.equals(bytes, h.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
