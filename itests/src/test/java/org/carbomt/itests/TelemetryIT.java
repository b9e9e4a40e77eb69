package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carbomt.demo.Ingest;
import org.junit.jupiter.api.Test;

/** Figures, health, alert rules and the dashboard, with a real Prometheus that scrapes a running container by the files of deploy/. */
class TelemetryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEPLOY = Path.of(System.getProperty("carbomt.root"), "deploy");
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void prometheusReadsTheFiguresAndItsAlertsSpeak() throws Exception {
        assumeTrue(onPath("prometheus") && onPath("promtool"), "prometheus is not installed (Debian package prometheus)");
        try (var container = new Container("telemetry", "all")) {
            container.start();
            var admin = container.admin();
            admin.put("/devices/board", Map.of("siteId", "site", "profileId", "mq-board", "name", "board", "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", true));
            var ingest = new Ingest(container.base(), "board", container.secret("board"));
            ingest.send("application/json", "{\"co2Estimate\":412,\"pm25\":8.5,\"temperature\":21.3,\"humidity\":48}");

            assertEquals(401, get(container.base().resolve("/metrics"), "wrong").statusCode());
            var key = Files.readString(container.home.resolve("data/carbomt/metrics.key")).strip();
            var figures = get(container.base().resolve("/metrics"), key).body();
            assertTrue(figures.contains("carbomt_intake_readings_total{outcome=\"stored\",protocol=\"http\"} 1.0"), figures);
            var served = figures.lines().filter(l -> !l.startsWith("#")).map(l -> l.split("[{ ]")[0]).collect(Collectors.toSet());
            var missing = new TreeSet<String>();
            for (var file : List.of("prometheus/alerts.yml", "grafana/dashboards/carbomt.json")) {
                var names = Pattern.compile("\\b(carbomt|jvm|process)_[a-z0-9_]+").matcher(Files.readString(DEPLOY.resolve(file)));
                while (names.find()) if (!served.contains(names.group())) missing.add(file + ": " + names.group());
            }
            assertEquals(List.of(), List.copyOf(missing), "figures that nobody has");

            followsACallToItsTransaction(container);

            var folder = container.home.resolve("prometheus");
            int port = freePort();
            var prometheus = prometheus(folder, container.http, port, key);
            try {
                var api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
                Container.await("Prometheus scrapes", 30, () -> query(api, "up{job=\"carbomt\"}"), r -> r.path(0).path("value").path(1).asText().equals("1"));
                Container.await("rules in use", 30, () -> rules(api), r -> r.size() > 10 && r.stream().allMatch(rule -> rule.path("health").asText().equals("ok")));
                for (var target : JSON.readTree(DEPLOY.resolve("grafana/dashboards/carbomt.json").toFile()).findValuesAsText("expr")) query(api, target.replace("$__rate_interval", "1m").replace("$instance", ".*"));

                container.exec("bundle:stop org.carbomt.field.journal");
                var ready = get(container.base().resolve("/health/ready"), "");
                assertEquals(503, ready.statusCode());
                assertTrue(ready.body().contains("absent: Journal"), ready.body());
                assertEquals(200, get(container.base().resolve("/health/live"), "").statusCode());
                Container.await("the alert", 30, () -> alert(api), state -> !state.equals("inactive"));
                container.exec("bundle:start org.carbomt.field.journal");
                Container.await("ready again", 30, () -> get(container.base().resolve("/health/ready"), "").statusCode(), s -> s == 200);
                Container.await("the alert is over", 30, () -> alert(api), "inactive"::equals);
                assertFalse(container.log().contains(key), "the key stands in the log");
            } finally {
                prometheus.destroy();
                prometheus.waitFor();
            }
        }
    }

    /** One trace id from the call to the block, in the log for programs. */
    private void followsACallToItsTransaction(Container container) throws Exception {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var key = container.keys().find("administrator.key").orElseThrow();
        container.admin().post("/accounts", Map.of("id", "traced", "holder", "Traced"));
        var call = HttpRequest.newBuilder(container.base().resolve("/api/v1/accounts/traced/deposits")).header("Authorization", "Bearer " + key).header("Content-Type", "application/json").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .POST(HttpRequest.BodyPublishers.ofString("{\"requestId\":\"t1\",\"minor\":500}")).build();
        var answer = http.send(call, HttpResponse.BodyHandlers.ofString());
        assertEquals(trace, answer.headers().firstValue("X-Trace-Id").orElse(""), answer.body());
        var log = container.home.resolve("data/log/carbomt.json");
        var lines = Container.await("the effect in the log", 30, () -> traced(log, trace), l -> l.stream().anyMatch(m -> m.contains("is on chain")));
        assertTrue(lines.stream().anyMatch(m -> m.contains("leaves as transaction 0x")), lines.toString());
    }

    private static List<String> traced(Path log, String trace) {
        try {
            var messages = new ArrayList<String>();
            for (var line : Files.readAllLines(log)) {
                var json = JSON.readTree(line);
                if (json.toString().contains(trace)) messages.add(json.path("message").asText());
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process prometheus(Path folder, int target, int port, String key) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("metrics.key"), key);
        Files.copy(DEPLOY.resolve("prometheus/alerts.yml"), folder.resolve("alerts.yml"));
        Files.copy(DEPLOY.resolve("prometheus/alerts.test.yml"), folder.resolve("alerts.test.yml"));
        Files.writeString(folder.resolve("prometheus.yml"), Files.readString(DEPLOY.resolve("prometheus/prometheus.yml")).replace("127.0.0.1:8181", "127.0.0.1:" + target).replace("15s", "1s"));
        Container.shell(List.of("promtool", "check", "config", folder.resolve("prometheus.yml").toString()), 30);
        Container.shell(List.of("promtool", "test", "rules", folder.resolve("alerts.test.yml").toString()), 30);
        return new ProcessBuilder("prometheus", "--config.file=" + folder.resolve("prometheus.yml"), "--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true).redirectOutput(folder.resolve("out.log").toFile()).start();
    }

    private JsonNode query(URI api, String expression) {
        var answer = json(api.resolve("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
        assertEquals("success", answer.path("status").asText(), expression + ": " + answer);
        return answer.path("data").path("result");
    }

    private List<JsonNode> rules(URI api) {
        var all = new ArrayList<JsonNode>();
        json(api.resolve("rules")).path("data").path("groups").forEach(g -> g.path("rules").forEach(all::add));
        return all;
    }

    /** State of the alert on a part that is not well: inactive, pending or firing. */
    private String alert(URI api) {
        return rules(api).stream().filter(r -> r.path("name").asText().equals("CarboMtPartNotWell")).findFirst().orElseThrow().path("state").asText();
    }

    private JsonNode json(URI address) {
        try {
            return JSON.readTree(get(address, "").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(URI address, String key) {
        var request = HttpRequest.newBuilder(address);
        if (!key.isEmpty()) request.header("Authorization", "Bearer " + key);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv("PATH").split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
