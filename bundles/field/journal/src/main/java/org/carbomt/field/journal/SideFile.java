package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.carbomt.api.canonical.Hash;

/**
 * What lies beside a sealed segment: its index and the sorted keys of its rows, mapped into memory, so that the heap does not grow with the journal. "CMTSIDE1",
 * entries (u32), keys (u32), durable bytes (u64), chain (32 bytes), devices (u32: each u16 length, UTF-8, min, max), entries (offset u64, length u32, device u32,
 * min u64, max u64), CRC32C of all before (u32), padding to 8, keys (pairs of u64).
 *
 * @param chain hash at the segment's end
 * @param durableBytes the segment's size
 */
record SideFile(EntryIndex index, SortedKeys keys, Hash chain, long durableBytes) {
    private static final long MAGIC = 0x434d545349444531L;
    private static final int FIXED = 8 + 4 + 4 + 8 + Hash.LENGTH + 4;
    private static final int ENTRY = 32;

    /** Entries as they lie in the mapped file. */
    private record Mapped(Map<String, Span> devices, int count, ByteBuffer entries) implements EntryIndex {
        @Override
        public long offset(int entry) {
            return entries.getLong(entry * ENTRY);
        }

        @Override
        public int length(int entry) {
            return entries.getInt(entry * ENTRY + 8);
        }

        @Override
        public int device(int entry) {
            return entries.getInt(entry * ENTRY + 12);
        }

        @Override
        public long min(int entry) {
            return entries.getLong(entry * ENTRY + 16);
        }

        @Override
        public long max(int entry) {
            return entries.getLong(entry * ENTRY + 24);
        }
    }

    private static Path path(SegmentFile segment) {
        return segment.path.resolveSibling(segment.path.getFileName().toString().replace(".journal", ".side"));
    }

    private static int padded(int head) {
        return (head + 7) / 8 * 8;
    }

    /** Writes the side file of a segment that will not grow any more, and maps it. */
    static SideFile write(SegmentFile segment) throws IOException {
        var index = segment.index;
        var devices = index.devices().entrySet().stream().sorted(Comparator.comparingInt(e -> e.getValue().number)).toList();
        int head = FIXED + index.count() * ENTRY + 4;
        for (var d : devices) head += 2 + d.getKey().getBytes(StandardCharsets.UTF_8).length + 16;
        var out = ByteBuffer.allocate(Math.addExact(padded(head), Math.multiplyExact(segment.rows.size(), 16)));
        out.putLong(MAGIC).putInt(index.count()).putInt(segment.rows.size()).putLong(segment.durableBytes).put(segment.chain.bytes()).putInt(devices.size());
        for (var d : devices) {
            var id = d.getKey().getBytes(StandardCharsets.UTF_8);
            out.putShort((short) id.length).put(id).putLong(d.getValue().min).putLong(d.getValue().max);
        }
        for (int i = 0; i < index.count(); i++) out.putLong(index.offset(i)).putInt(index.length(i)).putInt(index.device(i)).putLong(index.min(i)).putLong(index.max(i));
        out.putInt(crc(out.array(), out.position()));
        segment.rows.sorted(out.position(padded(head)).slice().asLongBuffer());
        var half = path(segment).resolveSibling(path(segment).getFileName() + ".new");
        Files.write(half, out.array());
        Files.move(half, path(segment), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var side = read(segment);
        if (side == null) throw new IOException(path(segment) + " does not read as it was written");
        return side;
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Maps the side file. @return null when it is absent or does not fit: it is then to be rebuilt */
    static SideFile read(SegmentFile segment) throws IOException {
        var path = path(segment);
        if (!Files.exists(path)) return null;
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var fixed = ByteBuffer.allocate(FIXED);
            if (channel.size() > Integer.MAX_VALUE || !fill(channel, fixed, 0) || fixed.getLong(0) != MAGIC) return null;
            int count = fixed.getInt(8);
            long keys = fixed.getInt(12);
            long at = channel.size() - keys * 16;
            if (count < 0 || keys < 0 || at < FIXED + (long) count * ENTRY + 4) return null;
            // read, not mapped: pages that are only checked shall not count as ours
            var head = ByteBuffer.allocate((int) at);
            if (!fill(channel, head, 0)) return null;
            head.position(8 + 4 + 4);
            long durable = head.getLong();
            var chain = new byte[Hash.LENGTH];
            head.get(chain);
            var devices = devices(head);
            int start = head.position();
            int end = start + count * ENTRY;
            if (padded(end + 4) != at || head.getInt(end) != crc(head.array(), end) || durable != segment.file.size()) return null;
            var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new SideFile(new Mapped(devices, count, mapped.slice(start, count * ENTRY)), new SortedKeys(mapped.slice((int) at, (int) keys * 16).asLongBuffer()), Hash.of(chain), durable);
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, EntryIndex.Span> devices(ByteBuffer in) {
        int count = in.getInt();
        var devices = new HashMap<String, EntryIndex.Span>();
        for (int d = 0; d < count; d++) {
            var id = new byte[in.getShort() & 0xffff];
            in.get(id);
            var span = new EntryIndex.Span(d);
            span.widen(in.getLong(), in.getLong());
            devices.put(new String(id, StandardCharsets.UTF_8), span);
        }
        return devices;
    }

    private static boolean fill(FileChannel channel, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) return false;
        }
        into.flip();
        return true;
    }
}
