package org.carbomt.field.camelruntime.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Devices;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /ingest/{deviceId}} with {@code Authorization: Bearer <device secret>}. The sender is authenticated before its body is read,
 * the body is read once into one array, and the thread is free while the reading is made durable.
 */
public final class IngestServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(IngestServlet.class);
    private static final Set<String> TYPES = Set.of("application/json", "application/x-ndjson", "text/csv", "application/octet-stream");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Taken and thrown away of a body that is too large: a sender that is cut off while it still writes does not get to read why. */
    private static final int DRAINED_BYTES = 64 << 20;

    /** Where a message goes. */
    interface Route {
        void take(Arrival arrival, Consumer<Outcome> answer);
    }

    private final transient Devices devices;
    private final transient Clock clock;
    private final int maxBodyBytes;
    private final int retryAfterSeconds;
    private final long answerTimeoutMillis;
    private final transient AtomicReference<Route> route = new AtomicReference<>();

    public IngestServlet(Devices devices, Clock clock, int maxBodyBytes, int retryAfterSeconds, long answerTimeoutMillis) {
        this.devices = devices;
        this.clock = clock;
        this.maxBodyBytes = maxBodyBytes;
        this.retryAfterSeconds = retryAfterSeconds;
        this.answerTimeoutMillis = answerTimeoutMillis;
    }

    void attach(Route taker) {
        if (!route.compareAndSet(null, taker)) throw new IllegalStateException("carbomt-http has a route already; expected one route only");
    }

    void detach(Route taker) {
        route.compareAndSet(taker, null);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo();
        if (path == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
            unread(response);
            problem(response, 404, new Problem("not-found", "path", String.valueOf(path), "/ingest/{deviceId}"));
            return;
        }
        var deviceId = path.substring(1);
        var secret = bearer(request.getHeader("Authorization"));
        if (secret == null || !devices.authenticate(deviceId, secret)) {
            unread(response);
            response.setHeader("WWW-Authenticate", "Bearer realm=\"devices\"");
            problem(response, 401, new Problem("unauthorized", "Authorization", "", "Bearer and the secret of the device"));
            return;
        }
        var type = mediaType(request.getContentType());
        if (!TYPES.contains(type)) {
            unread(response);
            problem(response, 415, new Problem("content-type.unknown", "Content-Type", type, String.join(", ", new java.util.TreeSet<>(TYPES))));
            return;
        }
        var body = request.getContentLengthLong() > maxBodyBytes ? null : body(request);
        if (body == null) {
            if (request.getHeader("Expect") == null) request.getInputStream().skip(DRAINED_BYTES);
            unread(response);
            problem(response, 413, new Problem("body.too-large", "body", "", "at most " + maxBodyBytes + " bytes"));
            return;
        }
        var taker = route.get();
        if (taker == null) {
            refuse(response, new Problem("route.absent", "", "", "the route for HTTP readings running; send again later"));
            return;
        }
        hand(request, taker, Arrival.of("http", "/ingest/" + deviceId, deviceId, body, type, clock.instant()));
    }

    /** The body was not read, so the connection cannot carry another request: the sender is told, or its next one would get no answer. */
    private static void unread(HttpServletResponse response) {
        response.setHeader("Connection", "close");
    }

    private void hand(HttpServletRequest request, Route taker, Arrival arrival) {
        var async = request.startAsync();
        async.setTimeout(answerTimeoutMillis);
        var answered = new AtomicBoolean();
        async.addListener(new Late(answered));
        taker.take(arrival, outcome -> {
            if (!answered.compareAndSet(false, true)) return;
            try {
                answer((HttpServletResponse) async.getResponse(), outcome);
            } catch (IOException e) {
                LOG.debug("The sender {} did not wait for its answer: {}", arrival.deviceId(), e.toString());
            } finally {
                async.complete();
            }
        });
    }

    /** @return null when it is longer than allowed */
    private byte[] body(HttpServletRequest request) throws IOException {
        var in = request.getInputStream();
        var length = request.getContentLength();
        if (length >= 0) {
            var bytes = new byte[length];
            var read = in.readNBytes(bytes, 0, length);
            if (read < length) throw new java.io.EOFException("the body ended after " + read + " of " + length + " bytes");
            return bytes;
        }
        var bytes = in.readNBytes(maxBodyBytes + 1);
        return bytes.length > maxBodyBytes ? null : bytes;
    }

    private void answer(HttpServletResponse response, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Accepted accepted) {
            var body = "{\"stored\":" + accepted.stored() + ",\"duplicates\":" + accepted.duplicates() + ",\"sequence\":" + accepted.sequence() + "}";
            write(response, 200, "application/json", body.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } else if (outcome instanceof Outcome.Quarantined held) {
            problem(response, 422, held.problem(), Map.of("quarantineId", held.quarantineId()));
        } else if (outcome instanceof Outcome.Refused refused) {
            refuse(response, refused.problem());
        }
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setHeader("Retry-After", String.valueOf(retryAfterSeconds));
        problem(response, 503, problem);
    }

    private static void problem(HttpServletResponse response, int status, Problem problem) throws IOException {
        problem(response, status, problem, Map.of());
    }

    private static void problem(HttpServletResponse response, int status, Problem problem, Map<String, String> more) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", problem.code());
        body.put("status", status);
        body.put("detail", problem.sentence());
        body.put("code", problem.code());
        body.put("field", problem.field());
        body.put("value", problem.value());
        body.put("expected", problem.expected());
        body.putAll(more);
        write(response, status, "application/problem+json", JSON.writeValueAsBytes(body));
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String bearer(String header) {
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : null;
    }

    private static String mediaType(String header) {
        if (header == null) return "";
        var end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Answers in place of a route that took too long. The sender repeats; what was stored meanwhile is then a duplicate. */
    private final class Late implements AsyncListener {
        private final AtomicBoolean answered;

        Late(AtomicBoolean answered) {
            this.answered = answered;
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            AsyncContext async = event.getAsyncContext();
            if (!answered.compareAndSet(false, true)) return;
            refuse((HttpServletResponse) async.getResponse(), new Problem("answer.late", "", "", "an answer within " + answerTimeoutMillis + " ms; send again"));
            async.complete();
        }

        @Override
        public void onError(AsyncEvent event) {
            answered.set(true);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            answered.set(true);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
