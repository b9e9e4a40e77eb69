package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.carbomt.api.canonical.Hash;

/**
 * The side file of a sealed segment: its index and the sorted keys of its rows, mapped into memory, searched by halving. "CMTSIDE1", entries (u32), keys (u32),
 * durable bytes (u64), chain (32 bytes), devices (u32: each u16 length, UTF-8, min, max), entries (offset u64, length u32, device u32, min u64, max u64),
 * CRC32C of all before (u32), padding to 8, keys (pairs of u64).
 */
final class SortedKeys {
    private static final long MAGIC = 0x434d545349444531L;
    private final LongBuffer pairs;

    private SortedKeys(LongBuffer pairs) {
        this.pairs = pairs;
    }

    /** The digest stored under that key, or {@link RowKeys#ABSENT}. Any thread. */
    long find(long key) {
        int low = 0;
        int high = pairs.limit() / 2 - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(pairs.get(2 * middle), key);
            if (order == 0) return pairs.get(2 * middle + 1);
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return RowKeys.ABSENT;
    }

    private static Path path(SegmentFile segment) {
        return segment.path.resolveSibling(segment.path.getFileName().toString().replace(".journal", ".side"));
    }

    /** Writes the side file of a segment that will not grow any more, and maps it. */
    static SortedKeys write(SegmentFile segment) throws IOException {
        var index = segment.index;
        var devices = index.devices.entrySet().stream().sorted(java.util.Comparator.comparingInt(e -> e.getValue().number)).toList();
        int head = 8 + 4 + 4 + 8 + Hash.LENGTH + 4;
        for (var d : devices) head += 2 + d.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 16;
        head += index.count * 32 + 4;
        int padded = (head + 7) / 8 * 8;
        var pairs = segment.rows.sorted();
        var out = ByteBuffer.allocate(Math.addExact(padded, Math.multiplyExact(pairs.length, 8)));
        out.putLong(MAGIC).putInt(index.count).putInt(pairs.length / 2).putLong(segment.durableBytes).put(segment.chain.bytes()).putInt(devices.size());
        for (var d : devices) {
            var id = d.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.putShort((short) id.length).put(id).putLong(d.getValue().min).putLong(d.getValue().max);
        }
        for (int i = 0; i < index.count; i++) out.putLong(index.offsets[i]).putInt(index.lengths[i]).putInt(index.deviceNumbers[i]).putLong(index.mins[i]).putLong(index.maxs[i]);
        var crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        out.putInt((int) crc.getValue());
        out.position(padded);
        out.asLongBuffer().put(pairs);
        var half = path(segment).resolveSibling(path(segment).getFileName() + ".new");
        Files.write(half, out.array());
        Files.move(half, path(segment), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return read(segment, null);
    }

    /** Maps the side file and fills the index from it. @return null when it is absent or does not fit: it is then to be rebuilt */
    static SortedKeys read(SegmentFile segment, EntryIndex into) throws IOException {
        var path = path(segment);
        if (!Files.exists(path)) return null;
        ByteBuffer in;
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            in = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        try {
            if (in.getLong() != MAGIC) return null;
            int entries = in.getInt();
            int keys = in.getInt();
            long durable = in.getLong();
            var chain = new byte[Hash.LENGTH];
            in.get(chain);
            int deviceCount = in.getInt();
            var names = new String[deviceCount];
            for (int d = 0; d < deviceCount; d++) {
                var id = new byte[in.getShort() & 0xffff];
                in.get(id);
                names[d] = new String(id, java.nio.charset.StandardCharsets.UTF_8);
                in.position(in.position() + 16);
            }
            int start = in.position();
            int end = start + entries * 32;
            var crc = new CRC32C();
            crc.update(in.duplicate().position(0).limit(end));
            if (in.getInt(end) != (int) crc.getValue() || durable != segment.file.size()) return null;
            if (into != null) {
                for (int i = 0; i < entries; i++) {
                    int at = start + i * 32;
                    into.add(names[in.getInt(at + 12)], in.getLong(at), in.getInt(at + 8), in.getLong(at + 16), in.getLong(at + 24));
                }
            }
            segment.chain = Hash.of(chain);
            segment.durableBytes = durable;
            int padded = (end + 4 + 7) / 8 * 8;
            return new SortedKeys(in.duplicate().position(padded).limit(padded + keys * 16).slice().asLongBuffer());
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }
}
