package org.carbomt.market.matching.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;

/**
 * One file of the journal. Header, 72 bytes: "CMTMRKT1", number (u32), rules version (u32), sequence of its first command (u64), id of the market (u64),
 * chain at its start (32 bytes), four zero bytes, CRC32C of all before (u32). Then groups, see {@link Frame}.
 */
final class SegmentFile implements AutoCloseable {
    static final int HEADER = 72;
    private static final byte[] MAGIC = "CMTMRKT1".getBytes(StandardCharsets.US_ASCII);
    private static final int PIECE = 4 << 20;

    final Path path;
    final Disk.Handle file;
    final int number;
    final int rules;
    final long first;
    final long market;
    final Hash chain;

    private SegmentFile(Path path, Disk.Handle file, int number, int rules, long first, long market, Hash chain) {
        this.path = path;
        this.file = file;
        this.number = number;
        this.rules = rules;
        this.first = first;
        this.market = market;
        this.chain = chain;
    }

    /** Hears every group of a segment. */
    interface Reader {
        /** @param body its commands */
        void group(Frame frame, ByteBuffer body);
    }

    static Path path(Path folder, int number) {
        return folder.resolve("%08d.market".formatted(number));
    }

    static SegmentFile create(Disk disk, Path folder, int number, int rules, long first, long market, Hash chain) throws IOException {
        var path = path(folder, number);
        var file = disk.open(path);
        var header = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(number).putInt(rules).putLong(first).putLong(market).put(chain.bytes());
        header.putInt(HEADER - 4, crc(header.array()));
        file.truncate(0);
        file.write(0, ByteBuffer.wrap(header.array()));
        file.force();
        disk.forceFolder(folder);
        return new SegmentFile(path, file, number, rules, first, market, chain);
    }

    /** @return null when the file holds no whole header (a segment whose creation was interrupted) */
    static SegmentFile open(Disk disk, Path folder, int number) throws IOException {
        var path = path(folder, number);
        var file = disk.open(path);
        if (file.size() < HEADER) {
            file.close();
            return null;
        }
        var header = ByteBuffer.allocate(HEADER);
        file.read(header, 0);
        header.flip();
        var magic = new byte[MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC) || header.getInt(HEADER - 4) != crc(header.array()) || header.getInt() != number) {
            file.close();
            throw damaged(path, 0);
        }
        int rules = header.getInt();
        long first = header.getLong();
        long market = header.getLong();
        var chain = new byte[Hash.LENGTH];
        header.get(chain);
        return new SegmentFile(path, file, number, rules, first, market, Hash.of(chain));
    }

    private static int crc(byte[] header) {
        var crc = new CRC32C();
        crc.update(header, 0, HEADER - 4);
        return (int) crc.getValue();
    }

    /**
     * Reads all groups. The newest segment may end in a group that was being written when the process died: it is cut off. A group that is damaged while others
     * follow it is no such end, since a group is forced before the next is written.
     *
     * @return where the last whole group ends
     */
    long read(boolean newest, MessageDigest digest, Reader reader) throws IOException {
        long size = file.size();
        long at = HEADER;
        var piece = ByteBuffer.allocate(PIECE);
        while (at < size) {
            int n = (int) Math.min(PIECE, size - at);
            file.read(piece.clear().limit(n), at);
            piece.flip();
            int used = 0;
            for (Frame frame; (frame = Frame.read(piece.position(used), digest)) != null; used += Frame.HEAD + frame.length()) {
                reader.group(frame, piece.slice(used + Frame.HEAD, frame.length()));
            }
            at += used;
            if (used > 0 && at < size) continue;
            if (at < size) {
                if (!newest || anotherFollows(piece, digest)) throw damaged(path, at);
                file.truncate(at);
                file.force();
            }
            break;
        }
        return at;
    }

    /** Whether a whole group lies somewhere behind the broken one: at most one group and its head can have been torn. */
    private static boolean anotherFollows(ByteBuffer piece, MessageDigest digest) {
        for (int i = 1; i + Frame.HEAD < piece.limit(); i++) {
            if (piece.getInt(i) == Frame.MAGIC && Frame.read(piece.position(i), digest) != null) return true;
        }
        return false;
    }

    static CarboException damaged(Path path, long at) {
        return new CarboException(new Problem("market.journal-damaged", "segment", path.getFileName() + ", byte " + at, "the bytes as they were written; restore this segment from a copy"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
