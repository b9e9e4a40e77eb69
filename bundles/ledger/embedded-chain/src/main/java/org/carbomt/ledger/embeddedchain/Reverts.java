package org.carbomt.ledger.embeddedchain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a contract says when it reverts, in go-ethereum's words: Error(string) and Panic(uint256) are read, anything else stays data. */
final class Reverts {
    private static final byte[] ERROR = {0x08, (byte) 0xc3, 0x79, (byte) 0xa0};
    private static final byte[] PANIC = {0x4e, 0x48, 0x7b, 0x71};
    private static final BigInteger WORD = BigInteger.valueOf(32);
    private static final Map<Integer, String> PANICS = Map.of(0x00, "generic panic", 0x01, "assert(false)", 0x11, "arithmetic underflow or overflow", 0x12, "division or modulo by zero",
            0x21, "enum overflow", 0x22, "invalid encoded storage byte array accessed", 0x31, "out-of-bounds array access; popping on an empty array",
            0x32, "out-of-bounds access of an array or bytesN", 0x41, "out of memory", 0x51, "uninitialized function");

    private Reverts() {}

    static RpcException exception(byte[] returned) {
        String message = "execution reverted" + reason(returned).map(reason -> ": " + reason).orElse("");
        return new RpcException(RpcException.REVERTED, message, Hex.data(returned));
    }

    static Optional<String> reason(byte[] returned) {
        if (returned.length < 4) return Optional.empty();
        byte[] selector = Arrays.copyOf(returned, 4);
        if (Arrays.equals(selector, ERROR)) return string(returned);
        if (!Arrays.equals(selector, PANIC) || returned.length < 36) return Optional.empty();
        BigInteger code = word(returned, 4);
        String known = code.bitLength() < 31 ? PANICS.get(code.intValue()) : null;
        return Optional.of(known != null ? known : "unknown panic code: 0x" + code.toString(16));
    }

    private static Optional<String> string(byte[] returned) {
        if (returned.length < 68) return Optional.empty();
        BigInteger offset = word(returned, 4);
        BigInteger inside = BigInteger.valueOf(returned.length - 4L);
        if (offset.add(WORD).compareTo(inside) > 0) return Optional.empty();
        BigInteger length = word(returned, 4 + offset.intValue());
        BigInteger end = offset.add(WORD).add(length);
        if (end.compareTo(inside) > 0) return Optional.empty();
        int from = 4 + offset.intValue() + 32;
        return Optional.of(new String(returned, from, length.intValue(), StandardCharsets.UTF_8));
    }

    private static BigInteger word(byte[] bytes, int at) {
        return new BigInteger(1, bytes, at, 32);
    }
}
