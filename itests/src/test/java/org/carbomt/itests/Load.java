package org.carbomt.itests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.carbomt.itests.AckBook.Reading;

/** A device that sends at its rate, keeps what was not acknowledged and sends that again first. */
abstract class Load extends Thread {
    /** Once in so many nanoseconds a device that got no answer tries again. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** @param gate held while something is on its way. @param complaints takes each answer that should not have come */
    record Client(AckBook book, Lock gate, Queue<String> complaints) {}

    /** @param stepMillis from one reading to the next. @param atOnce sent together, so often that it is {@code perSecond} readings on average */
    record Pace(long firstMillis, long stepMillis, int atOnce, int perSecond) {}

    private final Client client;
    private final Pace pace;
    private final long period;
    private final LinkedHashSet<Reading> waiting = new LinkedHashSet<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private long nextMillis;
    private volatile boolean stopping;
    final String device;

    Load(String device, Client client, Pace pace) {
        super("load " + device);
        this.device = device;
        this.client = client;
        this.pace = pace;
        this.nextMillis = pace.firstMillis();
        this.period = TimeUnit.SECONDS.toNanos(pace.atOnce()) / pace.perSecond();
        setDaemon(true);
    }

    /** What the reading at that time says; exact in all formats. */
    static double value(Reading reading) {
        return reading.timeMillis() % 997;
    }

    /** Sends all of them and waits for their answers. @return those acknowledged, when not all were */
    abstract List<Reading> deliver(List<Reading> readings) throws IOException;

    /** How many since the first. */
    long number(Reading reading) {
        return (reading.timeMillis() - pace.firstMillis()) / pace.stepMillis();
    }

    void complain(String what) {
        client.complaints().add(device + ": " + what);
    }

    long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!stopping) {
            boolean quiet = once();
            due += period;
            long now = System.nanoTime();
            if (!quiet) due = now + RETRY_NANOS;
            else if (now - due > TimeUnit.SECONDS.toNanos(1)) due = now; // an outage is not made up for
            if (due > now) LockSupport.parkNanos(due - now);
        }
    }

    /** Sends what is due, once. @return whether everything was acknowledged */
    boolean once() {
        client.gate().lock();
        try {
            for (; waiting.size() < pace.atOnce(); nextMillis += pace.stepMillis()) waiting.add(new Reading(device, nextMillis));
            var now = List.copyOf(waiting);
            client.book().sent(now);
            List<Reading> done = new ArrayList<>();
            try {
                done = deliver(now);
            } catch (IOException e) {
                if (stopping) return false;
            }
            client.book().acknowledged(done);
            acknowledged.addAndGet(done.size());
            done.forEach(waiting::remove);
            return waiting.isEmpty();
        } catch (RuntimeException e) {
            complain(e.toString());
            throw e;
        } finally {
            client.gate().unlock();
        }
    }

    /** Sends what is under way to its end. */
    void finish() throws InterruptedException {
        stopping = true;
        join(60_000);
        if (isAlive()) throw new AssertionError(getName() + " does not end");
    }
}
