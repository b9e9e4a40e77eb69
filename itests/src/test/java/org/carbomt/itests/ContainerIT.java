package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.carbomt.demo.Api;
import org.carbomt.demo.Ingest;
import org.carbomt.demo.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a new installation is like: closed, complete, offline, configurable while it runs. */
class ContainerIT {
    private static Container container;
    private static Api admin;

    @BeforeAll
    static void start() {
        container = new Container("fresh", "all");
        container.start();
        admin = container.admin();
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @Test
    void hasEveryPartOfItsProfile() {
        var parts = Container.await("all parts", 30, () -> admin.get("/status").get("parts"), p -> {
            for (var part : p) if (!part.asBoolean()) return false;
            return p.size() > 5;
        });
        assertTrue(parts.size() > 5, parts.toString());
    }

    @Test
    void listensOnLoopbackOnly() {
        var listening = Container.shell(List.of("sh", "-c", "cat /proc/" + container.pid() + "/net/tcp /proc/" + container.pid() + "/net/tcp6"), 10);
        var ours = java.util.Set.of(container.http, container.https, container.mqtt, container.chain, container.shell);
        for (var line : listening.lines().toList()) {
            var f = line.strip().split("\\s+");
            if (f.length < 4 || !f[3].equals("0A")) continue;
            int port = Integer.parseInt(f[1].substring(f[1].lastIndexOf(':') + 1), 16);
            var address = f[1].substring(0, f[1].lastIndexOf(':'));
            if (ours.contains(port)) assertTrue(address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F") || address.equals("00000000000000000000000001000000"), "port " + port + " listens on " + address);
        }
    }

    @Test
    void shipsNoPasswordAndNoKey() throws Exception {
        var users = Files.readString(container.home.resolve("etc/users.properties"));
        assertFalse(users.matches("(?s).*^karaf *=.*"), "the well-known user is there");
        for (var secret : List.of("etc/users.properties", "etc/tls/server.p12", "etc/tls/server.password", "data/carbomt/first-start/administrator.key")) {
            assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(container.home.resolve(secret))), secret);
        }
    }

    @Test
    void refusesWhoeverIsNotKnown() throws Exception {
        for (var path : List.of("/devices", "/sources", "/people", "/effects", "/quarantine", "/cases", "/accounts")) {
            assertEquals(401, assertThrows(Api.Refused.class, () -> new Api(container.base(), "cmt_wrong").get(path)).status, path);
        }
    }

    @Test
    void servesTheConsoleUnderAStrictPolicy() throws Exception {
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(container.base().resolve("/console/hours")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("Content-Security-Policy").orElse("").contains("default-src 'none'"));
        assertTrue(answer.body().contains("<div id=\"root\">"));
    }

    @Test
    void speaksTls13AndNothingOlder() {
        var out = Container.shell(List.of("sh", "-c", "echo | openssl s_client -connect 127.0.0.1:" + container.https + " -tls1_3 2>&1 | head -40; true"), 20);
        assertTrue(out.contains("TLSv1.3") && out.contains("TLS_AES"), out);
        var old = Container.shell(List.of("sh", "-c", "echo | openssl s_client -connect 127.0.0.1:" + container.https + " -tls1_2 2>&1 | head -40; true"), 20);
        assertTrue(old.contains("alert"), old);
    }

    @Test
    void describesItsApiInOpenApi() {
        var api = admin.get("/openapi.json");
        assertTrue(api.get("openapi").asText().startsWith("3."));
        assertTrue(api.get("paths").size() > 30, "only " + api.get("paths").size() + " paths");
    }

    @Test
    void offersItsCommandsInTheShell() {
        assertTrue(container.exec("carbomt:status").contains("Journal"));
        assertTrue(container.exec("carbomt:profiles").contains("elsys-ers-co2"));
    }

    @Test
    void takesUpANewHardwareProfileWhileItRuns() throws Exception {
        var file = container.home.resolve("hardware-profiles/test-meter.yaml");
        Files.writeString(file.resolveSibling("x.tmp"), Files.readString(container.home.resolve("hardware-profiles/mq-board.yaml")).replace("id: mq-board", "id: test-meter"));
        Files.move(file.resolveSibling("x.tmp"), file);
        Container.await("the new profile", 20, () -> admin.get("/profiles"), p -> p.toString().contains("test-meter"));
        admin.put("/devices/meter-1", Map.of("siteId", "lab", "profileId", "test-meter", "name", "Meter", "addresses", Map.of(), "syntheticChannels", List.of(), "acceptFrom", "2020-01-01T00:00:00Z", "enabled", true));
        var secret = admin.post("/devices/meter-1/secret", Map.of()).get("secret").asText();
        assertTrue(new Ingest(container.base(), "meter-1", secret).send("application/json", "{\"time\":\"2020-03-01T05:00:00Z\",\"pm25\":8.5}").contains("\"stored\":1"));
    }

    @Test
    void knowsTheDemoSiteTwiceWithoutHarm() {
        var site = new Site(admin, container.keys());
        site.build();
        site.build();
        assertTrue(admin.get("/devices").get("items").size() >= 4);
    }

    @Test
    void answersWithoutAnyNetwork() {
        var pax = container.home.resolve("etc/org.ops4j.pax.url.mvn.cfg");
        assertTrue(Container.shell(List.of("sh", "-c", "grep -c 'https\\?://' " + pax + " || true"), 5).strip().equals("0"));
        assertEquals(URI.create("http://127.0.0.1:" + container.http), container.base());
    }
}
