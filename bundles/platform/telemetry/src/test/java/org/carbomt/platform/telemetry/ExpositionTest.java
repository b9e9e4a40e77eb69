package org.carbomt.platform.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carbomt.api.telemetry.Metric;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final List<Metric> METRICS = List.of(Metric.gauge("carbomt_b", "A \"gauge\".", 2.5, "state", "a\nb\\"), Metric.counter("carbomt_a_total", "A counter.", 3, "protocol", "mqtt"), Metric.gauge("carbomt_b", "A \"gauge\".", Double.NaN, "state", "c"));

    private static String text(String accept, List<Metric> metrics) throws IOException {
        var out = new ByteArrayOutputStream();
        Exposition.write(accept, Exposition.snapshots(metrics), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheFormatOfPrometheus() throws IOException {
        assertEquals("""
                # HELP carbomt_a_total A counter.
                # TYPE carbomt_a_total counter
                carbomt_a_total{protocol="mqtt"} 3.0
                # HELP carbomt_b A "gauge".
                # TYPE carbomt_b gauge
                carbomt_b{state="a\\nb\\\\"} 2.5
                carbomt_b{state="c"} NaN
                """, text(null, METRICS));
    }

    @Test
    void writesOpenMetricsForWhoeverAsks() throws IOException {
        var text = text("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", METRICS);
        assertEquals("# EOF", text.lines().reduce((a, b) -> b).orElseThrow());
        assertEquals("# TYPE carbomt_a counter", text.lines().findFirst().orElseThrow());
    }

    @Test
    void ofAPartAndItsSuccessorTheFirstSpeaks() throws IOException {
        assertEquals("carbomt_c 1.0", text(null, List.of(Metric.gauge("carbomt_c", "C.", 1), Metric.gauge("carbomt_c", "C.", 2))).lines().filter(l -> !l.startsWith("#")).reduce((a, b) -> a + b).orElseThrow());
    }

    @Test
    void namesFollowTheRules() {
        assertThrows(IllegalArgumentException.class, () -> Metric.gauge("carbomt_a_total", "", 1));
        assertThrows(IllegalArgumentException.class, () -> Metric.counter("carbomt_a", "", 1));
        assertThrows(IllegalArgumentException.class, () -> Metric.gauge("other_a", "", 1));
        assertThrows(IllegalArgumentException.class, () -> Metric.gauge("carbomt_a", "", 1, "Device", "x"));
        assertThrows(IllegalArgumentException.class, () -> Metric.gauge("carbomt_a", "", 1, "device"));
    }
}
