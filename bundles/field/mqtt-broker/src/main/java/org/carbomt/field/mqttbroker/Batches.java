package org.carbomt.field.mqttbroker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the messages of all clients while earlier ones are on their way, so that a batch grows with the load and an idle broker waits for
 * nothing. Order is kept from socket to route, and answers go out in the order of the messages (MQTT 5, section 4.6), whichever batch is done first.
 */
final class Batches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final int BATCHES_UNDER_WAY = 16;

    /** Where a batch goes. */
    interface Door {
        CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals);
    }

    /** Who waits for the outcome. Called by one thread at a time. */
    interface Sender {
        void settle(Message message, Outcome outcome);

        /** After the settlements of a batch. */
        void flush();
    }

    record Message(Sender sender, int packetId, int qos, Arrival arrival) {}

    private record Batch(List<Message> messages, CompletableFuture<List<Outcome>> done) {}

    private final Door door;
    private final int most;
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private final Semaphore free = new Semaphore(BATCHES_UNDER_WAY);
    private final ArrayDeque<Batch> underWay = new ArrayDeque<>();
    private final AtomicLong unansweredBytes = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Thread thread = new Thread(this::run, "carbomt-mqtt-batches");
    private volatile boolean open = true;

    Batches(Door door, int most) {
        this.door = door;
        this.most = most;
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes what one client sent together. */
    void add(List<Message> messages) {
        long bytes = 0;
        for (var message : messages) bytes += message.arrival().payload().length;
        unanswered.addAndGet(messages.size());
        unansweredBytes.addAndGet(bytes);
        synchronized (waiting) {
            waiting.addAll(messages);
            waiting.notifyAll();
        }
    }

    /** Payloads taken and not answered, bytes. */
    long unansweredBytes() {
        return unansweredBytes.get();
    }

    private void run() {
        try {
            while (open) {
                synchronized (waiting) {
                    while (waiting.isEmpty()) waiting.wait();
                }
                free.acquire();
                submit(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("closed with {} messages that were not answered", unanswered.get(), e); // their senders have them
        }
    }

    private List<Message> next() {
        synchronized (waiting) {
            var messages = new ArrayList<Message>(Math.min(most, waiting.size()));
            while (messages.size() < most && !waiting.isEmpty()) messages.add(waiting.poll());
            return messages;
        }
    }

    private void submit(List<Message> messages) {
        var arrivals = new ArrayList<Arrival>(messages.size());
        for (var message : messages) arrivals.add(message.arrival());
        CompletableFuture<List<Outcome>> done;
        try {
            done = door.submit(arrivals);
        } catch (RuntimeException | LinkageError e) { // a bundle that is being replaced may lack a class for a moment
            done = CompletableFuture.failedFuture(e);
        }
        synchronized (underWay) {
            underWay.add(new Batch(messages, done));
        }
        done.whenComplete((outcomes, failure) -> answer());
    }

    private void answer() {
        synchronized (underWay) {
            while (!underWay.isEmpty() && underWay.peek().done().isDone()) {
                var batch = underWay.poll();
                free.release();
                settle(batch);
            }
        }
    }

    private void settle(Batch batch) {
        List<Outcome> outcomes;
        try {
            outcomes = batch.done().join();
            if (outcomes.size() != batch.messages().size()) throw new IllegalStateException(outcomes.size() + " outcomes for " + batch.messages().size() + " messages");
        } catch (RuntimeException e) {
            LOG.error("{} messages are refused, their route failed", batch.messages().size(), e);
            outcomes = java.util.Collections.nCopies(batch.messages().size(), new Outcome.Refused(new Problem("route.failed", "", e.getClass().getSimpleName(), "a route that works; send again later")));
        }
        var senders = new LinkedHashSet<Sender>();
        Sender before = null;
        for (int i = 0; i < batch.messages().size(); i++) {
            var message = batch.messages().get(i);
            unanswered.decrementAndGet();
            unansweredBytes.addAndGet(-message.arrival().payload().length);
            message.sender().settle(message, outcomes.get(i));
            if (message.sender() != before) senders.add(message.sender());
            before = message.sender();
        }
        senders.forEach(Sender::flush);
    }

    /** Waits until everything is answered. @return whether it is */
    boolean drain(long millis) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (unanswered.get() > 0) {
            if (System.nanoTime() > end) return false;
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
    }
}
