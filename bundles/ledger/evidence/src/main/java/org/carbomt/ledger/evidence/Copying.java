package org.carbomt.ledger.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceCopies;
import org.carbomt.api.evidence.EvidenceCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every object on disk to one store, on a thread of its own, so a store that is away delays nobody. What waits is what lies on disk and is not in the
 * record: nothing is lost by an end at any moment. After a failure it waits 1 s, twice as long each time, at most 5 minutes; a new reason is logged once. Thread safe.
 */
final class Copying implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Copying.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private final EvidenceCopy store;
    private final ObjectFiles files;
    private final CopyRecord record;
    private final Clock clock;
    private final Duration firstWait;
    private final Set<Cid> waiting = new LinkedHashSet<>();
    private final Thread thread;
    private boolean closed;
    private Instant lastSuccess;
    private String problem;

    /** @param firstWait after a failure */
    Copying(EvidenceCopy store, ObjectFiles files, CopyRecord record, Clock clock, Duration firstWait) {
        this.store = store;
        this.files = files;
        this.record = record;
        this.clock = clock;
        this.firstWait = firstWait;
        this.thread = new Thread(this::run, "evidence-copy-" + store.name());
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void add(Cid cid) {
        if (!closed && !record.contains(cid) && waiting.add(cid)) notifyAll();
    }

    EvidenceCopy store() {
        return store;
    }

    synchronized EvidenceCopies.State state() {
        return new EvidenceCopies.State(store.name(), store.place(), record.size(), waiting.size(), Optional.ofNullable(lastSuccess), Optional.ofNullable(problem));
    }

    private void run() {
        var wait = firstWait;
        boolean listed = false;
        Cid current = null;
        while (true) {
            try {
                if (!listed) {
                    files.list().forEach(this::add);
                    listed = true;
                }
                var cid = next();
                if (cid == null) return;
                current = cid;
                if (copy(cid)) succeeded(cid);
                else forget(cid);
                wait = firstWait;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) { // also a store that misbehaves: the object waits on
                failed(current, e);
                if (!pause(wait)) return;
                wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
            }
        }
    }

    /** The oldest that waits; null when closed. It stays in the set until it is copied. */
    private synchronized Cid next() throws InterruptedException {
        while (!closed && waiting.isEmpty()) wait();
        return closed ? null : waiting.iterator().next();
    }

    /** Whether the store has it now; false: lost or changed on disk, so there is nothing to copy. Whoever reads it is told. */
    private boolean copy(Cid cid) {
        if (store.has(cid)) return true;
        var bytes = files.read(cid).filter(b -> Cid.ofContent(b).equals(cid));
        bytes.ifPresent(b -> store.put(cid, b));
        if (bytes.isEmpty()) LOG.warn("evidence {} is not whole on disk and not in {}: no copy can be made", cid, store.place());
        return bytes.isPresent();
    }

    private synchronized void forget(Cid cid) {
        waiting.remove(cid);
    }

    private synchronized void succeeded(Cid cid) {
        if (closed) return;
        record.add(cid);
        waiting.remove(cid);
        lastSuccess = clock.instant();
        if (problem != null) LOG.info("copies of evidence go to {} again", store.place());
        problem = null;
    }

    /** What failed goes behind the others, so one object that is refused does not hold them up. */
    private synchronized void failed(Cid cid, RuntimeException e) {
        if (cid != null && waiting.remove(cid)) waiting.add(cid);
        var said = String.valueOf(e.getMessage());
        if (!closed && !said.equals(problem)) LOG.warn("no copies of evidence to {}, {} wait; tried again by itself: {}", store.place(), waiting.size(), said);
        problem = said;
    }

    private synchronized boolean pause(Duration time) {
        try {
            long end = System.nanoTime() + time.toNanos();
            while (!closed) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) return true;
                wait(left);
            }
            return false;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        record.close();
    }
}
