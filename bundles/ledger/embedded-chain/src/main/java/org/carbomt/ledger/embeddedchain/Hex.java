package org.carbomt.ledger.embeddedchain;

import java.math.BigInteger;
import java.util.HexFormat;

/** Ethereum's two hex forms: data ({@code 0x00ff}) and quantity ({@code 0xff}, no leading zero). */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String data(byte[] bytes) {
        return "0x" + FORMAT.formatHex(bytes);
    }

    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String quantity(BigInteger value) {
        return "0x" + value.toString(16);
    }

    /** @throws IllegalArgumentException when not 0x and an even number of hex digits */
    static byte[] bytes(String text) {
        if (!text.startsWith("0x")) throw new IllegalArgumentException("hex string without 0x prefix");
        if (text.length() % 2 != 0) throw new IllegalArgumentException("hex string of odd length");
        return FORMAT.parseHex(text, 2, text.length());
    }

    static BigInteger number(String text) {
        if (!text.startsWith("0x") || text.length() < 3 || text.charAt(2) == '-' || text.charAt(2) == '+') throw new IllegalArgumentException("hex quantity '" + abbreviated(text) + "' must be 0x and digits");
        if (text.length() > 66) throw new IllegalArgumentException("hex number > 256 bits");
        try {
            return new BigInteger(text.substring(2), 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid hex string '" + abbreviated(text) + "'", e);
        }
    }

    private static String abbreviated(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
