package org.carbomt.ledger.embeddedchain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of blocks, the truth of the chain. A record is {@code "CMTB"}, length, CRC-32C of the payload, payload (integers of 32 bits, big-endian).
 * {@link #append} returns only after the record is forced to disk. At most the last record can be torn by a crash: it was never shown to anyone
 * and is cut off when opened. Damage before a whole record is not a torn write and refuses to open. One process at a time (file lock). Appending is
 * for one thread, reading for any.
 */
final class BlockLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockLog.class);
    private static final int MAGIC = 0x434d5442;
    private static final int HEAD = 12;
    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private final List<Long> positions = new ArrayList<>();
    private long end;

    BlockLog(Path file) throws IOException {
        this.file = file;
        boolean fresh = !Files.exists(file);
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            this.lock = lock();
            if (fresh) forceFolder(file.toAbsolutePath().getParent());
            scan();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private FileLock lock() throws IOException {
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) return taken;
        } catch (OverlappingFileLockException e) {
            throw new IOException("chain " + file + " is open in this process already", e);
        }
        throw new IOException("chain " + file + " is open in another process");
    }

    static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void scan() throws IOException {
        long size = channel.size();
        while (end < size) {
            int length = recordAt(end, size);
            if (length < 0) break;
            positions.add(end);
            end += HEAD + length;
        }
        if (end == size) return;
        for (long at = end + 1; at + HEAD <= size; at++) {
            if (recordAt(at, size) >= 0) throw new IOException("chain " + file + " is damaged at byte " + end + " and whole again at " + at + ": restore it from a backup");
        }
        LOG.warn("Chain {}: cut {} bytes of a block that was being written when the process ended; nobody had seen it", file, size - end);
        channel.truncate(end);
        channel.force(true);
    }

    /** Length of the payload of a whole record there, or -1. */
    private int recordAt(long at, long size) throws IOException {
        if (size - at < HEAD) return -1;
        ByteBuffer head = read(at, HEAD);
        if (head.getInt() != MAGIC) return -1;
        int length = head.getInt();
        int crc = head.getInt();
        if (length < 0 || length > size - at - HEAD) return -1;
        return crc == crc(read(at + HEAD, length).array()) ? length : -1;
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) if (channel.read(buffer, at + buffer.position()) < 0) throw new IOException("chain " + file + " ends at " + (at + buffer.position()));
        return buffer.flip();
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    synchronized int size() {
        return positions.size();
    }

    byte[] get(int index) throws IOException {
        long at;
        synchronized (this) {
            at = positions.get(index);
        }
        ByteBuffer head = read(at, HEAD);
        int length = head.getInt(4);
        byte[] payload = read(at + HEAD, length).array();
        if (head.getInt(8) != crc(payload)) throw new IOException("chain " + file + ": block " + index + " no longer has its checksum");
        return payload;
    }

    /** Durable when it returns. After a failure nothing more may be appended: what is on disk is then known only after opening again. */
    void append(byte[] payload) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEAD + payload.length).putInt(MAGIC).putInt(payload.length).putInt(crc(payload)).put(payload).flip();
        long at = end;
        while (record.hasRemaining()) channel.write(record, at + record.position());
        channel.force(false);
        synchronized (this) {
            positions.add(at);
            end = at + HEAD + payload.length;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
