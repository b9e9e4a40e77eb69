package org.carbomt.platform.telemetry;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /metrics} for whoever has the metrics key, as bearer token. */
final class MetricsServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServlet.class);
    private final transient byte[] key;
    private final transient PrometheusRegistry jvm;
    private final transient Supplier<List<Measured>> parts;
    private final transient Supplier<List<HealthCheck>> checks;

    MetricsServlet(String key, PrometheusRegistry jvm, Supplier<List<Measured>> parts, Supplier<List<HealthCheck>> checks) {
        this.key = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
        this.jvm = jvm;
        this.parts = parts;
        this.checks = checks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var given = request.getHeader("Authorization");
        if (given == null || !MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8))) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"carbomt-metrics\"");
            response.setStatus(401);
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().write("Authorization: expected Bearer and the metrics key of this installation (data/carbomt/metrics.key)\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        var snapshots = Exposition.snapshots(collect());
        jvm.scrape().forEach(snapshots::add);
        var body = new ByteArrayOutputStream();
        Exposition.write(request.getHeader("Accept"), snapshots, body);
        response.setContentType(Exposition.contentType(request.getHeader("Accept")));
        response.setHeader("Cache-Control", "no-store");
        body.writeTo(response.getOutputStream());
    }

    private List<Metric> collect() {
        var all = new ArrayList<Metric>();
        int failed = 0;
        for (var part : parts.get()) {
            try {
                all.addAll(part.metrics());
            } catch (RuntimeException | LinkageError e) { // a part that is going away must not take the figures of the others with it
                failed++;
                LOG.warn("the figures of {} are left out: {}", part.getClass().getName(), e.toString());
            }
        }
        all.add(Metric.gauge("carbomt_parts_without_figures", "Parts whose figures could not be read this time.", failed));
        for (var check : Health.of(checks.get())) all.add(Metric.gauge("carbomt_healthy", "1 where the part is well, 0 where it is not.", check.problem().isEmpty() ? 1 : 0, "check", check.name()));
        return all;
    }
}
