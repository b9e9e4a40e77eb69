package org.carbomt.api.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;

/**
 * How an entry is written, byte by byte: the leaf data of proofs. All numbers are big-endian; a string is its length (u8) and its UTF-8 bytes.
 *
 * <pre>
 * 2   magic 0x43 0x45 ("CE")
 * 1   version 1
 * s   device id
 * s   protocol
 * s   profile (id@version)
 * 32  SHA-256 of the profile file
 * 1   flags: bit 0 = a counter follows, bit 1 = each row is the value of its whole clock hour
 * 8   counter, only with bit 0
 * 8   received at, UTC milliseconds
 * 4   payload length n, at most 64 MiB
 * n   payload as received
 * 2   number of channels c, 1 to 1,000
 *     per channel: s name, s unit, 1 grade (0 measured, 1 indicative, 2 synthetic)
 * 4   number of rows r, 1 to 4,000,000
 * 8r  measuring times, UTC milliseconds
 * 8rc values, column after column, IEEE 754 double; NaN (0x7ff8000000000000) is 'no value'
 * </pre>
 *
 * Decoding is strict: trailing bytes, wrong lengths and unknown grades are refused.
 */
public final class EntryFormat {
    static final short MAGIC = 0x4345;
    static final byte VERSION = 1;
    private static final int COUNTER = 1;
    private static final int WHOLE_HOUR = 2;
    static final int MAX_PAYLOAD = 64 << 20;
    static final int MAX_ROWS = 4_000_000;
    static final int MAX_CHANNELS = 1_000;
    private static final Grade[] GRADES = Grade.values();

    private EntryFormat() {}

    public static byte[] encode(Entry e) {
        var block = e.block();
        var device = string(e.deviceId());
        var protocol = string(e.protocol());
        var profile = string(e.profile());
        int size = 3 + device.length + protocol.length + profile.length + 3 + Hash.LENGTH + 1 + (e.counter().isPresent() ? 8 : 0) + 8 + 4 + e.payload().length + 2;
        var names = new ArrayList<byte[]>();
        for (var c : block.channels()) {
            var name = string(c.name());
            var unit = string(c.unit());
            names.add(name);
            names.add(unit);
            size += name.length + unit.length + 3;
        }
        if (e.payload().length > MAX_PAYLOAD) throw new IllegalArgumentException("payload: " + e.payload().length + " bytes, at most " + MAX_PAYLOAD);
        if (block.rows() < 1 || block.rows() > MAX_ROWS) throw new IllegalArgumentException("rows: " + block.rows() + ", expected 1 to " + MAX_ROWS);
        if (block.channels().isEmpty() || block.channels().size() > MAX_CHANNELS) throw new IllegalArgumentException("channels: " + block.channels().size() + ", expected 1 to " + MAX_CHANNELS);
        size = Math.addExact(size, Math.addExact(4, Math.multiplyExact(8 * (1 + block.channels().size()), block.rows())));
        var out = ByteBuffer.allocate(size);
        out.putShort(MAGIC).put(VERSION);
        put(out, device);
        put(out, protocol);
        put(out, profile);
        out.put(e.profileDigest().bytes());
        out.put((byte) ((e.counter().isPresent() ? COUNTER : 0) | (e.wholeHour() ? WHOLE_HOUR : 0)));
        e.counter().ifPresent(out::putLong);
        out.putLong(e.receivedAt().toEpochMilli());
        out.putInt(e.payload().length).put(e.payload());
        out.putShort((short) block.channels().size());
        for (int c = 0; c < block.channels().size(); c++) {
            put(out, names.get(2 * c));
            put(out, names.get(2 * c + 1));
            out.put((byte) block.channels().get(c).grade().ordinal());
        }
        out.putInt(block.rows());
        out.asLongBuffer().put(block.timesMillis());
        out.position(out.position() + 8 * block.rows());
        for (var column : block.values()) {
            for (double v : column) out.putLong(Double.doubleToLongBits(v));
        }
        return out.array();
    }

    /** Throws IllegalArgumentException that says what is wrong with the bytes. */
    public static Entry decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        try {
            if (in.getShort() != MAGIC) throw new IllegalArgumentException("entry: wrong magic");
            byte version = in.get();
            if (version != VERSION) throw new IllegalArgumentException("entry: version " + version + ", expected " + VERSION);
            var device = string(in);
            var protocol = string(in);
            var profile = string(in);
            var digest = new byte[Hash.LENGTH];
            in.get(digest);
            byte flags = in.get();
            if ((flags & ~(COUNTER | WHOLE_HOUR)) != 0) throw new IllegalArgumentException("entry: flags " + flags);
            var counter = (flags & COUNTER) != 0 ? OptionalLong.of(in.getLong()) : OptionalLong.empty();
            var receivedAt = Instant.ofEpochMilli(in.getLong());
            var payload = new byte[bounded(in.getInt(), 0, Math.min(MAX_PAYLOAD, in.remaining()), "payload length")];
            in.get(payload);
            int channelCount = bounded(in.getShort() & 0xffff, 1, MAX_CHANNELS, "channels");
            var channels = new ArrayList<Channel>(channelCount);
            for (int c = 0; c < channelCount; c++) channels.add(new Channel(string(in), string(in), GRADES[bounded(in.get(), 0, GRADES.length - 1, "grade")]));
            int rows = bounded(in.getInt(), 1, MAX_ROWS, "rows");
            if (in.remaining() != 8L * rows * (1 + channelCount)) throw new IllegalArgumentException("entry: " + in.remaining() + " bytes of readings, expected " + 8L * rows * (1 + channelCount));
            return new Entry(device, protocol, profile, Hash.of(digest), (flags & WHOLE_HOUR) != 0, counter, receivedAt, payload, readings(in, channels, rows));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("entry: ends after " + bytes.length + " bytes", e);
        }
    }

    private static ReadingBlock readings(ByteBuffer in, List<Channel> channels, int rows) {
        var times = new long[rows];
        in.asLongBuffer().get(times);
        in.position(in.position() + 8 * rows);
        var values = new double[channels.size()][rows];
        for (var column : values) {
            in.asDoubleBuffer().get(column);
            in.position(in.position() + 8 * rows);
        }
        return new ReadingBlock(channels, times, values);
    }

    private static int bounded(int value, int least, int most, String what) {
        if (value < least || value > most) throw new IllegalArgumentException("entry: " + what + " " + value + ", expected " + least + " to " + most);
        return value;
    }

    private static byte[] string(String s) {
        var bytes = s.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) throw new IllegalArgumentException("entry: text of " + bytes.length + " bytes, at most 255");
        return bytes;
    }

    private static void put(ByteBuffer out, byte[] s) {
        out.put((byte) s.length).put(s);
    }

    private static String string(ByteBuffer in) {
        var bytes = new byte[in.get() & 0xff];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
