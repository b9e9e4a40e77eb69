package org.carbomt.market.matching.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine with its journal. Callers write commands into the group that is open; one thread writes groups to the journal and forces them; a second carries
 * out what is durable and answers. While one group is forced the next fills and the one before is carried out. What the disk refuses is never carried out, so
 * engine and journal never differ.
 */
public final class Market implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Market.class);
    private static final CarboException STOPPED = unavailable("stopped by a fault, see the log", null);
    private static final int GROUP_BYTES = 512 << 10;
    /** One that fills, one that is forced, one that is carried out. */
    private static final int GROUPS = 3;

    private static final class Group {
        final ByteBuffer body = ByteBuffer.allocateDirect(GROUP_BYTES);
        Reply[] replies = new Reply[1024];
        int count;
        int answered;
        long time;
        Hash chain;

        void clear() {
            body.clear();
            Arrays.fill(replies, 0, count, null);
            count = 0;
            answered = 0;
        }

        /** Whoever has no answer yet is told that nothing was done. */
        void fail(CarboException reason) {
            for (; answered < count; answered++) if (replies[answered] != null) replies[answered].failed(reason);
        }

        boolean isFull() {
            return body.remaining() < Commands.LONGEST;
        }
    }

    private final Engine engine;
    private final Clock clock;
    private final MarketJournal journal;
    private final Consumer<Market> afterGroup;
    private final ReentrantLock door = new ReentrantLock();
    private final Condition room = door.newCondition();
    private final Condition work = door.newCondition();
    private final BlockingQueue<Group> durable = new ArrayBlockingQueue<>(GROUPS);
    private final BlockingQueue<Group> empty = new ArrayBlockingQueue<>(GROUPS);
    private final Group last = new Group();
    private final long[] verdicts = new long[Verdict.values().length];
    private final Thread writer;
    private final Thread matcher;
    private Group filling = new Group();
    private boolean closed;
    private Hash chain;
    private volatile CarboException broken;

    /**
     * Opens the market in the folder: all its journal holds is carried out again.
     *
     * @param marketId id of a new market
     * @param afterGroup called after each group, on the matcher's thread and without the lock
     */
    public Market(Path folder, long segmentBytes, Engine engine, Clock clock, LongSupplier marketId, Consumer<Market> afterGroup) throws IOException {
        this(folder, Disk.real(), segmentBytes, engine, clock, marketId, afterGroup);
    }

    Market(Path folder, Disk disk, long segmentBytes, Engine engine, Clock clock, LongSupplier marketId, Consumer<Market> afterGroup) throws IOException {
        this.engine = engine;
        this.clock = clock;
        this.afterGroup = afterGroup;
        journal = new MarketJournal(folder, disk, segmentBytes, marketId, (frame, body) -> {
            engine.time(frame.time());
            for (int i = 0; i < frame.count(); i++) verdicts[Commands.apply(body, engine).ordinal()]++;
        });
        for (int i = 1; i < GROUPS; i++) empty.add(new Group());
        chain = journal.chain();
        writer = new Thread(this::write, "carbomt-market-writer");
        matcher = new Thread(this::match, "carbomt-market-matcher");
        writer.start();
        matcher.start();
    }

    /** Writes a command into the buffer. */
    @FunctionalInterface
    public interface Encoder {
        void write(ByteBuffer out);
    }

    /** @param reply may be null: nobody waits */
    public void submit(Reply reply, Encoder encoder) {
        var out = begin();
        int start = out.position();
        boolean whole = false;
        try {
            encoder.write(out);
            whole = true;
        } finally {
            if (!whole) out.position(start);
            end(whole, reply);
        }
    }

    /** The same in two steps, without an object: the caller writes one command into the buffer, then calls {@link #end}. Waits while the group is full. */
    public ByteBuffer begin() {
        door.lock();
        while (filling.isFull() && !closed && broken == null) room.awaitUninterruptibly();
        if (closed || broken != null) {
            door.unlock();
            throw broken != null ? broken : unavailable("it is closed", null);
        }
        return filling.body;
    }

    /** @param whole false when nothing was written after all */
    public void end(boolean whole, Reply reply) {
        if (whole) {
            var g = filling;
            if (g.count == g.replies.length) g.replies = Arrays.copyOf(g.replies, g.count * 2);
            g.replies[g.count++] = reply;
            if (g.count == 1) work.signal();
        }
        door.unlock();
    }

    // ---- the writer

    private void write() {
        try {
            long time = 0;
            for (Group group; (group = take()) != null;) {
                // a clock that is set back does not turn the order of events round
                time = Math.max(time, clock.millis());
                group.time = time;
                group.body.flip();
                try {
                    journal.append(group.body, group.count, time);
                    group.chain = journal.chain();
                    durable.put(group);
                } catch (IOException e) {
                    LOG.error("the market's journal could not be written, {} commands are refused: {}", group.count, e.toString());
                    group.fail(unavailable(String.valueOf(e.getMessage()), e));
                    group.clear();
                    empty.put(group);
                }
            }
            durable.put(last);
        } catch (InterruptedException | RuntimeException e) {
            stop(e);
        }
    }

    /** The group that was filled, once it holds a command; null when closed and empty. */
    private Group take() throws InterruptedException {
        var next = empty.take();
        door.lock();
        try {
            while (filling.count == 0 && !closed) work.await();
            if (filling.count == 0) return null;
            var full = filling;
            filling = next;
            room.signalAll();
            return full;
        } finally {
            door.unlock();
        }
    }

    // ---- the matcher

    private void match() {
        try {
            for (Group group; (group = durable.take()) != last;) {
                try {
                    carryOut(group);
                } finally {
                    group.fail(STOPPED);
                }
                group.clear();
                empty.put(group);
                afterGroup.accept(this);
            }
        } catch (InterruptedException | RuntimeException e) {
            stop(e);
        }
    }

    private void carryOut(Group group) {
        synchronized (engine) {
            engine.time(group.time);
            while (group.answered < group.count) {
                var verdict = Commands.apply(group.body, engine);
                verdicts[verdict.ordinal()]++;
                var reply = group.replies[group.answered++];
                if (reply != null) reply.done(verdict);
            }
            chain = group.chain;
        }
    }

    /** A fault of ours: nothing more is accepted, since what the engine knows may no longer be what the journal says. */
    private void stop(Exception fault) {
        LOG.error("the market has stopped; it opens again from its journal at the next start", fault);
        broken = STOPPED;
        door.lock();
        try {
            room.signalAll();
            work.signalAll();
            filling.fail(STOPPED);
            filling.clear();
        } finally {
            door.unlock();
        }
        for (Group group; (group = durable.poll()) != null;) group.fail(STOPPED);
        writer.interrupt();
        matcher.interrupt();
    }

    // ---- what there is

    /** Reads the engine while it stands still. */
    public <T> T read(Supplier<T> reading) {
        synchronized (engine) {
            return reading.get();
        }
    }

    /** How often each verdict was given, in the order of {@link Verdict}; under the lock of {@link #read}. */
    public long count(Verdict verdict) {
        return verdicts[verdict.ordinal()];
    }

    /** The journal's hash chain up to the last command carried out; under the lock of {@link #read}. */
    public Hash chain() {
        return chain;
    }

    /** Id of this market, made when its journal began. */
    public long id() {
        return journal.marketId();
    }

    private static CarboException unavailable(String why, Throwable cause) {
        return new CarboException.Unavailable(new Problem("market.unavailable", "journal", "", "a journal that can be written: " + why), cause);
    }

    /** Writes and carries out what was accepted, then ends. */
    @Override
    public void close() {
        door.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            door.unlock();
        }
        try {
            writer.join(10_000);
            matcher.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
