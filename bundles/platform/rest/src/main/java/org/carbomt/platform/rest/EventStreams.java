package org.carbomt.platform.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.carbomt.api.event.LiveEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GET /api/v1/events: live events as server-sent events. Each stream has a queue of 256; when a client is too slow, events are left out and it is told
 * how many ('lost'). A client that comes back with the id of the last event it saw (Last-Event-ID) gets those that followed, from the newest 1,024. One thread writes all streams.
 * At most 200 streams.
 */
final class EventStreams extends HttpServlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final int MOST = 200;
    private static final int KEPT = 1_024;
    private final transient Door door;
    private final transient AutoCloseable subscription;
    private final transient Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final transient RecentEvents recent;
    private final transient Object order = new Object();
    private final transient Thread writer;

    EventStreams(Door door, EventHub hub, Clock clock) {
        this.door = door;
        recent = new RecentEvents(KEPT, clock.millis());
        subscription = hub.subscribe(this::offer);
        writer = new Thread(this::write, "carbomt-live-events");
        writer.setDaemon(true);
        writer.start();
    }

    private static final class Stream {
        final AsyncContext context;
        final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(256);
        final AtomicLong lost = new AtomicLong();
        long lastWrite = System.nanoTime();

        Stream(AsyncContext context) {
            this.context = context;
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var decision = door.decide("GET", "/events", request.getHeader("Authorization"), request.getRemoteAddr());
        int status = decision.status() != 0 ? decision.status() : streams.size() >= MOST ? 503 : 0;
        if (status != 0) {
            response.setStatus(status);
            response.setContentType("application/problem+json");
            Json.MAPPER.writeValue(response.getOutputStream(), Problems.body(status, status == 503 ? new org.carbomt.api.Problem("events.full", "streams", "" + streams.size(), "fewer than " + MOST + " streams") : DoorFilter.problem(status, "GET /events")));
            return;
        }
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(": connected\n\n".getBytes(StandardCharsets.UTF_8));
        var last = request.getHeader("Last-Event-ID");
        synchronized (order) { // nothing comes between what was missed and what is new
            if (last != null && last.matches("[0-9]{1,18}")) missed(recent.since(Long.parseLong(last)), response);
            response.flushBuffer();
            var context = request.startAsync();
            context.setTimeout(0);
            streams.add(new Stream(context));
        }
    }

    private static void missed(RecentEvents.Since since, HttpServletResponse response) throws IOException {
        if (since.missed() != 0) response.getOutputStream().write(lost(since.missed() < 0 ? "unknown" : Long.toString(since.missed())));
        for (var sent : since.events()) response.getOutputStream().write(sent.event());
    }

    private static byte[] lost(String howMany) {
        return ("event: lost\ndata: {\"topic\":\"lost\",\"subject\":\"" + howMany + "\",\"at\":\"\",\"values\":{}}\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void offer(LiveEvent event) {
        String data;
        try {
            data = Json.MAPPER.writeValueAsString(event);
        } catch (IOException e) {
            LOG.warn("an event of topic {} cannot be written as JSON", event.topic(), e);
            return;
        }
        synchronized (order) {
            var bytes = recent.add(id -> ("event: " + event.topic() + "\nid: " + id + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8)).event();
            for (var stream : streams) if (!stream.queue.offer(bytes)) stream.lost.incrementAndGet();
        }
    }

    private void write() {
        while (!Thread.currentThread().isInterrupted()) {
            for (var stream : streams) {
                try {
                    writeOne(stream);
                } catch (IOException | IllegalStateException e) {
                    streams.remove(stream);
                    LOG.debug("a live stream ended: {}", e.getMessage());
                    try {
                        stream.context.complete();
                    } catch (IllegalStateException done) {
                        LOG.debug("it was complete already: {}", done.getMessage());
                    }
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void writeOne(Stream stream) throws IOException {
        var out = stream.context.getResponse().getOutputStream();
        boolean wrote = false;
        for (byte[] event; (event = stream.queue.poll()) != null; wrote = true) out.write(event);
        long lost = stream.lost.getAndSet(0);
        if (lost > 0) out.write(lost(Long.toString(lost)));
        if (!wrote && System.nanoTime() - stream.lastWrite > 15_000_000_000L) {
            out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
            wrote = true;
        }
        if (wrote || lost > 0) {
            stream.context.getResponse().flushBuffer();
            stream.lastWrite = System.nanoTime();
        }
    }

    @Override
    public void close() throws Exception {
        subscription.close();
        writer.interrupt();
        for (var stream : streams) stream.context.complete();
        streams.clear();
    }
}
