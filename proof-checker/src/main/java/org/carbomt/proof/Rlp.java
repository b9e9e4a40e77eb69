package org.carbomt.proof;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** RLP of Ethereum (Yellow Paper, appendix B): an item is a {@code byte[]} or a {@code List} of items. Decoding is strict: one form a value, nothing behind it. */
final class Rlp {
    private static final int MAX_DEPTH = 16;
    private final byte[] in;
    private int at;

    private Rlp(byte[] in) {
        this.in = in;
    }

    static Object decode(byte[] bytes) {
        var reader = new Rlp(bytes);
        var item = reader.item(bytes.length, 0);
        Broken.unless(reader.at == bytes.length, "RLP: %d bytes behind the item", bytes.length - reader.at);
        return item;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object item, String what) {
        Broken.unless(item instanceof List, "%s is no RLP list", what);
        return (List<Object>) item;
    }

    static byte[] bytes(Object item, String what) {
        Broken.unless(item instanceof byte[], "%s is no RLP byte string", what);
        return (byte[]) item;
    }

    static byte[] encode(Object item) {
        var out = new ByteArrayOutputStream();
        if (item instanceof byte[] bytes) {
            if (bytes.length != 1 || (bytes[0] & 0xff) >= 0x80) head(out, 0x80, bytes.length);
            out.writeBytes(bytes);
        } else {
            var body = new ByteArrayOutputStream();
            for (var part : (List<?>) item) body.writeBytes(encode(part));
            head(out, 0xc0, body.size());
            out.writeBytes(body.toByteArray());
        }
        return out.toByteArray();
    }

    /** An unsigned integer: big endian without leading zeros, 0 empty. */
    static byte[] integer(long value) {
        var bytes = java.nio.ByteBuffer.allocate(8).putLong(value).array();
        int skip = Long.numberOfLeadingZeros(value) / 8;
        return Arrays.copyOfRange(bytes, skip, 8);
    }

    private static void head(ByteArrayOutputStream out, int base, int length) {
        if (length < 56) {
            out.write(base + length);
        } else {
            var bytes = integer(length);
            out.write(base + 55 + bytes.length);
            out.writeBytes(bytes);
        }
    }

    private Object item(int end, int depth) {
        Broken.unless(depth < MAX_DEPTH, "RLP: nested deeper than %d", MAX_DEPTH);
        int first = byteAt(end);
        if (first < 0x80) return new byte[] {(byte) first};
        if (first < 0xc0) {
            int length = length(first - 0x80, end);
            Broken.unless(length != 1 || first != 0x81 || (in[at] & 0xff) >= 0x80, "RLP: a single byte below 0x80 written in two");
            at += length;
            return Arrays.copyOfRange(in, at - length, at);
        }
        int stop = length(first - 0xc0, end) + at;
        var items = new ArrayList<Object>();
        while (at < stop) items.add(item(stop, depth + 1));
        return items;
    }

    private int length(int code, int end) {
        long length = code;
        if (code >= 56) {
            length = 0;
            int bytes = code - 55;
            Broken.unless(bytes <= 4, "RLP: a length of %d bytes", bytes);
            for (int i = 0; i < bytes; i++) {
                int next = byteAt(end);
                Broken.unless(i > 0 || next != 0, "RLP: a length with a leading zero");
                length = length << 8 | next;
            }
            Broken.unless(length >= 56, "RLP: a long form for a short length");
        }
        Broken.unless(length <= end - at, "RLP: an item of %d bytes where %d are left", length, end - at);
        return (int) length;
    }

    private int byteAt(int end) {
        Broken.unless(at < end, "RLP: cut short");
        return in[at++] & 0xff;
    }
}
