package org.carbomt.field.journal;

import org.carbomt.api.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A follower's thread: hands over every durable entry in order, and the same again after a pause when the follower fails. */
final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final int BATCH = 2_000;
    private final SegmentedJournal journal;
    private final Journal.Follower follower;
    private final Thread thread;
    private volatile boolean closed;
    private long next;

    Following(SegmentedJournal journal, long from, Journal.Follower follower) {
        this.journal = journal;
        this.next = from;
        this.follower = follower;
        thread = new Thread(this::run, "carbomt-journal-follower");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long pauseMillis = 100;
        while (!closed) {
            try {
                journal.awaitBeyond(next, 1_000);
                var entries = journal.read(next, BATCH);
                if (entries.isEmpty()) continue;
                follower.entries(entries);
                next = entries.get(entries.size() - 1).sequence() + 1;
                pauseMillis = 100;
            } catch (InterruptedException e) {
                closed = true;
            } catch (Exception e) {
                if (closed) return;
                LOG.warn("a follower failed at entry {}; it gets the same again in {} ms", next, pauseMillis, e);
                java.util.concurrent.locks.LockSupport.parkNanos(pauseMillis * 1_000_000);
                pauseMillis = Math.min(10_000, pauseMillis * 2);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (Thread.currentThread() != thread) thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
