package org.carbomt.models;

import java.nio.charset.StandardCharsets;

/** Reads the fields of one protobuf message, one after the other; whatever breaks the wire format is an {@link IllegalArgumentException}. */
final class Wire {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int type;

    Wire(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Wire(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** @return number of the next field, 0 at the end; its value must be taken before the next call */
    int next() {
        if (at == end) return 0;
        long key = varint();
        field = (int) (key >>> 3);
        type = (int) key & 7;
        if (key >>> 3 < 1 || key >>> 3 > 536_870_911) throw broken("field " + (key >>> 3));
        return field;
    }

    boolean isMessage() {
        return type == 2;
    }

    long number() {
        if (type != 0) throw broken("type " + type + " of field " + field);
        return varint();
    }

    Wire message() {
        int length = length();
        var inner = new Wire(bytes, at, at + length);
        at += length;
        return inner;
    }

    String text() {
        int length = length();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skip() {
        switch (type) {
            case 0 -> varint();
            case 1 -> forward(8);
            case 2 -> forward(length());
            case 5 -> forward(4);
            default -> throw broken("type " + type + " of field " + field);
        }
    }

    private int length() {
        if (type != 2) throw broken("type " + type + " of field " + field);
        long length = varint();
        if (length < 0 || length > end - at) throw broken("field " + field + " of " + length + " bytes, " + (end - at) + " are left");
        return (int) length;
    }

    private void forward(int count) {
        if (count > end - at) throw broken("field " + field + " ends beyond the message");
        at += count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) throw broken("a number without its end");
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) return value;
        }
        throw broken("a number of more than ten bytes");
    }

    private IllegalArgumentException broken(String what) {
        return new IllegalArgumentException(what + ", at byte " + at);
    }
}
