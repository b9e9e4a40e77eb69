package org.carbomt.platform.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.carbomt.api.telemetry.Metric;

/** Counts the calls of the API. Any thread. */
final class Requests {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    private record Kind(String method, String code) {}

    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
    private final LongAdder nanos = new LongAdder();

    /** @param method as the caller wrote it: a word of his own is no label */
    void add(String method, int status, long tookNanos) {
        counts.computeIfAbsent(new Kind(METHODS.contains(method) ? method : "other", status / 100 + "xx"), k -> new LongAdder()).increment();
        nanos.add(tookNanos);
    }

    List<Metric> metrics() {
        var all = new ArrayList<Metric>();
        counts.forEach((kind, count) -> all.add(Metric.counter("carbomt_http_requests_total", "Calls of the REST API.", count.sum(), "method", kind.method, "code", kind.code)));
        all.add(Metric.counter("carbomt_http_request_seconds_total", "Time that the calls took.", nanos.sum() / 1e9));
        return all;
    }
}
