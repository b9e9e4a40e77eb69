package org.carbomt.platform.rest;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The trace id of a call: the caller's by W3C Trace Context (header {@code traceparent}, version 00), else a fresh one. What is logged meanwhile bears it, and so does what it asks of the chain. */
final class TraceId {
    /** Under this key it stands in the log context. */
    static final String KEY = "trace.id";
    static final String ANSWER = "X-Trace-Id";
    private static final Pattern PARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String NONE = "0".repeat(32);
    private static final SecureRandom RANDOM = new SecureRandom();

    private TraceId() {}

    static String of(String traceparent) {
        if (traceparent != null) {
            var m = PARENT.matcher(traceparent);
            if (m.matches() && !m.group(1).equals(NONE)) return m.group(1);
        }
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
