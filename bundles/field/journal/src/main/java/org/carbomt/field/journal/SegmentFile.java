package org.carbomt.field.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.journal.EntryFormat;

/**
 * One file of the journal. Header, 64 bytes: "CMTJRNL1", number (u32), first sequence (u64), chain hash at its start (32 bytes), zeroes, CRC32C of all before
 * (u32). Then frames: length (u32), CRC32C of the bytes (u32), the entry's bytes ({@link EntryFormat}).
 */
final class SegmentFile implements AutoCloseable {
    static final int HEADER = 64;
    static final int FRAME = 8;
    private static final byte[] MAGIC = "CMTJRNL1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    final int number;
    final long firstSequence;
    final Hash previous;
    final Path path;
    final Disk.Handle file;
    private GrowingIndex growing = new GrowingIndex();
    volatile EntryIndex index = growing;
    volatile long durableBytes = HEADER;
    volatile Hash chain;
    volatile boolean sealed;
    /** Rows of the active segment; of a sealed one they lie in {@link #keys}. */
    volatile RowKeys rows = new RowKeys();
    volatile SortedKeys keys;

    private SegmentFile(Path path, Disk.Handle file, int number, long firstSequence, Hash previous) {
        this.path = path;
        this.file = file;
        this.number = number;
        this.firstSequence = firstSequence;
        this.previous = previous;
        this.chain = previous;
    }

    static Path path(Path folder, int number) {
        return folder.resolve("%08d.journal".formatted(number));
    }

    static SegmentFile create(Disk disk, Path folder, int number, long firstSequence, Hash previous) throws IOException {
        var path = path(folder, number);
        var file = disk.open(path);
        var header = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(number).putLong(firstSequence).put(previous.bytes());
        header.putInt(HEADER - 4, crc(Arrays.copyOf(header.array(), HEADER - 4)));
        file.truncate(0);
        file.write(ByteBuffer.wrap(header.array()), 0);
        file.force();
        disk.forceFolder(folder);
        return new SegmentFile(path, file, number, firstSequence, previous);
    }

    /** Opens and reads the header. @return null when the file holds no whole header (a segment whose creation was interrupted) */
    static SegmentFile open(Disk disk, Path folder, int number) throws IOException {
        var path = path(folder, number);
        var file = disk.open(path);
        if (file.size() < HEADER) {
            file.close();
            return null;
        }
        var header = ByteBuffer.wrap(file.read(0, HEADER));
        var magic = new byte[8];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC) || header.getInt(HEADER - 4) != crc(Arrays.copyOf(header.array(), HEADER - 4)) || header.getInt() != number) {
            file.close();
            throw damaged(path, 0);
        }
        long first = header.getLong();
        var previous = new byte[Hash.LENGTH];
        header.get(previous);
        return new SegmentFile(path, file, number, first, Hash.of(previous));
    }

    /**
     * Reads all frames into the index (and, when asked, the keys of rows) and recomputes the chain.
     *
     * @param last true for the newest segment: what follows the last whole frame is cut off; in an older one it is damage
     */
    void scan(boolean last) throws IOException {
        long size = file.size();
        long at = HEADER;
        var digest = chain;
        while (at < size) {
            var bytes = frame(at, size);
            if (bytes == null) {
                if (!last) throw damaged(path, index.count());
                file.truncate(at);
                file.force();
                break;
            }
            var entry = EntryFormat.decode(bytes);
            digest = Hash.sha256(digest.bytes(), MerkleTree.leaf(bytes).bytes());
            remember(entry, at, bytes.length);
            at += FRAME + bytes.length;
        }
        chain = digest;
        durableBytes = at;
    }

    private void remember(org.carbomt.api.journal.Entry entry, long at, int length) {
        var times = entry.block().timesMillis();
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        var seeds = RowKeys.channelSeeds(entry.block());
        long device = RowKeys.device(entry.deviceId());
        for (int r = 0; r < times.length; r++) {
            min = Math.min(min, times[r]);
            max = Math.max(max, times[r]);
            rows.put(RowKeys.key(device, times[r]), RowKeys.digest(entry.block(), seeds, r));
        }
        growing.add(entry.deviceId(), at, length, min, max);
    }

    /** One more durable entry. */
    void add(String device, long at, int length, long min, long max) {
        growing.add(device, at, length, min, max);
    }

    /** Digest of the stored row with that key; the writer only. */
    long stored(long key) {
        return sealed ? keys.find(key) : rows.find(key);
    }

    /** Grows no more: index and keys lie in the side file from now on. */
    void seal(SideFile side) {
        keys = side.keys();
        index = side.index();
        chain = side.chain();
        durableBytes = side.durableBytes();
        sealed = true;
        rows = null;
        growing = null;
    }

    private byte[] frame(long at, long size) throws IOException {
        if (size - at < FRAME) return null;
        var head = ByteBuffer.wrap(file.read(at, FRAME));
        int length = head.getInt();
        int crc = head.getInt();
        if (length <= 0 || length > size - at - FRAME) return null;
        var bytes = file.read(at + FRAME, length);
        return crc(bytes) == crc ? bytes : null;
    }

    /** The bytes of entry i of this segment; CarboException when they do not fit their checksum. */
    byte[] entry(int i) {
        try {
            var framed = file.read(index.offset(i), FRAME + index.length(i));
            var bytes = Arrays.copyOfRange(framed, FRAME, framed.length);
            if (ByteBuffer.wrap(framed).getInt(4) != crc(bytes)) throw damaged(path, i);
            return bytes;
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("journal.unreadable", "segment", path.getFileName().toString(), "a readable file: " + e.getMessage()), e);
        }
    }

    static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    static CarboException damaged(Path path, int entry) {
        return new CarboException(new Problem("journal.damaged", "segment", path.getFileName() + ", entry " + entry, "the bytes as they were written; restore this segment from a copy"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
