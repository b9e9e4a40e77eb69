package org.carbomt.platform.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.carbomt.api.telemetry.HealthCheck;

/**
 * {@code GET /health/live}: the process answers. {@code GET /health/ready}: 200 when everything critical is well, else 503; either way with the
 * reasons. Open to everybody: probes carry no key.
 */
final class HealthServlet extends HttpServlet {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final transient Supplier<List<HealthCheck>> checks;

    HealthServlet(Supplier<List<HealthCheck>> checks) {
        this.checks = checks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/live" -> answer(response, 200, Map.of("status", "UP"));
            case "/ready" -> {
                var all = Health.of(checks.get());
                answer(response, Health.ready(all) ? 200 : 503, body(all));
            }
            default -> answer(response, 404, Map.of("title", "not-found", "detail", "expected /health/live or /health/ready"));
        }
    }

    private static Map<String, Object> body(List<Health> all) {
        var list = new ArrayList<Map<String, Object>>();
        for (var h : all) {
            var one = new LinkedHashMap<String, Object>();
            one.put("name", h.name());
            one.put("status", h.problem().isEmpty() ? "UP" : "DOWN");
            one.put("critical", h.critical());
            h.problem().ifPresent(p -> one.put("reason", p));
            list.add(one);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("status", !Health.ready(all) ? "DOWN" : all.stream().anyMatch(h -> h.problem().isPresent()) ? "DEGRADED" : "UP");
        body.put("checks", list);
        return body;
    }

    private static void answer(HttpServletResponse response, int status, Map<String, Object> body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        JSON.writeValue(response.getOutputStream(), body);
    }
}
