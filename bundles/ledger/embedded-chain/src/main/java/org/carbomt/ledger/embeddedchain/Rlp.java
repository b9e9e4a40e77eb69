package org.carbomt.ledger.embeddedchain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recursive Length Prefix (Ethereum Yellow Paper, appendix B), strict: one encoding for one value. An item is a {@code byte[]} or a
 * {@code List} of items; {@link Long}, {@link BigInteger} and {@link Raw} are accepted by {@link #encode}.
 */
final class Rlp {
    private static final int MAX_DEPTH = 16;
    private static final byte[] EMPTY = {};

    private Rlp() {}

    /** An item that is encoded already. */
    record Raw(byte[] rlp) {}

    static byte[] encode(Object item) {
        if (item instanceof Raw raw) return raw.rlp();
        if (item instanceof Long number) return encode(minimal(BigInteger.valueOf(number)));
        if (item instanceof BigInteger number) return encode(minimal(number));
        if (item instanceof byte[] bytes) {
            if (bytes.length == 1 && bytes[0] >= 0) return bytes;
            return concat(header(0x80, bytes.length), bytes);
        }
        var payload = new ByteArrayOutputStream();
        for (Object element : (List<?>) item) payload.writeBytes(encode(element));
        return concat(header(0xc0, payload.size()), payload.toByteArray());
    }

    static byte[] list(Object... items) {
        return encode(Arrays.asList(items));
    }

    /** Big-endian without leading zeros; zero is empty. */
    static byte[] minimal(BigInteger number) {
        if (number.signum() < 0) throw new IllegalArgumentException("negative number " + number);
        if (number.signum() == 0) return EMPTY;
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] header(int base, int length) {
        if (length < 56) return new byte[] {(byte) (base + length)};
        byte[] size = minimal(BigInteger.valueOf(length));
        return concat(new byte[] {(byte) (base + 55 + size.length)}, size);
    }

    /** @throws IllegalArgumentException on anything but exactly one item in its canonical encoding */
    static Object decode(byte[] bytes) {
        var reader = new Reader(bytes);
        Object item = reader.item(bytes.length, 0);
        if (reader.at != bytes.length) throw new IllegalArgumentException("rlp: " + (bytes.length - reader.at) + " bytes after the item");
        return item;
    }

    static List<?> listOf(Object item) {
        if (item instanceof List<?> list) return list;
        throw new IllegalArgumentException("rlp: expected List");
    }

    static byte[] bytesOf(Object item) {
        if (item instanceof byte[] bytes) return bytes;
        throw new IllegalArgumentException("rlp: expected String or Byte");
    }

    static BigInteger numberOf(Object item) {
        byte[] bytes = bytesOf(item);
        if (bytes.length > 0 && bytes[0] == 0) throw new IllegalArgumentException("rlp: non-canonical integer (leading zero bytes)");
        if (bytes.length > 32) throw new IllegalArgumentException("rlp: value too large for uint256");
        return new BigInteger(1, bytes);
    }

    static long longOf(Object item) {
        BigInteger number = numberOf(item);
        if (number.bitLength() > 63) throw new IllegalArgumentException("rlp: input string too long for uint64");
        return number.longValue();
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        Object item(int end, int depth) {
            if (depth > MAX_DEPTH) throw new IllegalArgumentException("rlp: nested deeper than " + MAX_DEPTH);
            if (at >= end) throw new IllegalArgumentException("rlp: unexpected end");
            int first = bytes[at++] & 0xff;
            if (first < 0x80) return new byte[] {(byte) first};
            boolean isList = first >= 0xc0;
            int length = length(first - (isList ? 0xc0 : 0x80), end);
            int stop = at + length;
            if (!isList) {
                if (length == 1 && bytes[at] >= 0) throw new IllegalArgumentException("rlp: non-canonical size information");
                byte[] value = Arrays.copyOfRange(bytes, at, stop);
                at = stop;
                return value;
            }
            List<Object> items = new ArrayList<>();
            while (at < stop) items.add(item(stop, depth + 1));
            return items;
        }

        private int length(int code, int end) {
            long length = code;
            if (code > 55) {
                int width = code - 55;
                if (width > 4 || at + width > end) throw new IllegalArgumentException("rlp: value larger than available input");
                if (bytes[at] == 0) throw new IllegalArgumentException("rlp: non-canonical size information");
                length = 0;
                for (int i = 0; i < width; i++) length = length << 8 | bytes[at++] & 0xff;
                if (length < 56) throw new IllegalArgumentException("rlp: non-canonical size information");
            }
            if (length > end - at) throw new IllegalArgumentException("rlp: value larger than available input");
            return (int) length;
        }
    }
}
