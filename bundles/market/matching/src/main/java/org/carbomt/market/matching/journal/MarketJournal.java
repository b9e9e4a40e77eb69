package org.carbomt.market.matching.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.LongSupplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Groups of commands in the files of a folder. For one thread. A write that fails leaves it as it was. */
final class MarketJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MarketJournal.class);
    /** The rules that the commands are to be carried out by: docs/market.md. */
    static final int RULES = 1;
    private static final Hash GENESIS = Hash.parse("00".repeat(32));

    private final Path folder;
    private final Disk disk;
    private final long segmentBytes;
    private final MessageDigest digest = Hash.digest();
    private final ByteBuffer head = ByteBuffer.allocateDirect(Frame.HEAD);
    private SegmentFile segment;
    private long end = SegmentFile.HEADER;
    private long next = 1;
    private Hash chain = GENESIS;

    /**
     * Opens the folder and hands all groups there are to the reader.
     *
     * @param marketId asked for when the folder is empty: the new market's id
     */
    MarketJournal(Path folder, Disk disk, long segmentBytes, LongSupplier marketId, SegmentFile.Reader reader) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        Files.createDirectories(folder);
        int count = 0;
        while (Files.exists(SegmentFile.path(folder, count))) count++;
        // one that holds no group came of a beginning that was interrupted: the one before is the newest
        while (count > 1 && Files.size(SegmentFile.path(folder, count - 1)) <= SegmentFile.HEADER) Files.delete(SegmentFile.path(folder, --count));
        for (int n = 0; n < count; n++) {
            boolean newest = n == count - 1;
            var opened = SegmentFile.open(disk, folder, n);
            if (opened == null) {
                if (count > 1) throw SegmentFile.damaged(SegmentFile.path(folder, n), 0);
                break;
            }
            if (opened.first != next || !opened.chain.equals(chain) || segment != null && opened.market != segment.market) throw SegmentFile.damaged(opened.path, 0);
            if (opened.rules != RULES) throw new CarboException(new Problem("market.other-rules", "rules", "version " + opened.rules + " in " + opened.path.getFileName(), "version " + RULES + ", which this market keeps"));
            if (segment != null) segment.close();
            segment = opened;
            end = opened.read(newest, digest, (frame, body) -> {
                if (frame.first() != next || !frame.before().equals(chain)) throw SegmentFile.damaged(opened.path, frame.first());
                reader.group(frame, body);
                next += frame.count();
                chain = frame.after();
            });
        }
        if (segment == null) segment = SegmentFile.create(disk, folder, 0, RULES, 1, marketId.getAsLong(), GENESIS);
    }

    /** Sequence of the next command. */
    long next() {
        return next;
    }

    Hash chain() {
        return chain;
    }

    long marketId() {
        return segment.market;
    }

    /** Writes the group and forces it to the disk. @param body position to limit */
    void append(ByteBuffer body, int count, long time) throws IOException {
        var after = Frame.write(head, body, next, time, count, chain, digest);
        int length = Frame.HEAD + body.remaining();
        try {
            segment.file.write(end, head, body.duplicate());
            segment.file.force();
        } catch (IOException e) {
            cutBack();
            throw e;
        }
        end += length;
        next += count;
        chain = after;
        if (end >= segmentBytes) roll();
    }

    private void cutBack() {
        try {
            segment.file.truncate(end);
        } catch (IOException e) {
            LOG.error("what was written beyond the durable end of {} stays until the next write over it: {}", segment.path, e.toString());
        }
    }

    private void roll() {
        try {
            var fresh = SegmentFile.create(disk, folder, segment.number + 1, RULES, next, segment.market, chain);
            segment.close();
            segment = fresh;
            end = SegmentFile.HEADER;
        } catch (IOException e) {
            LOG.error("the market's journal could not begin a new segment; the present one grows on: {}", e.toString());
        }
    }

    @Override
    public void close() {
        try {
            segment.close();
        } catch (IOException e) {
            LOG.warn("the market's journal did not close well; what was acknowledged is durable", e);
        }
    }
}
