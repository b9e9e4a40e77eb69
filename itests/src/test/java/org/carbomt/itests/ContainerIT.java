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
import java.time.Duration;
import java.time.Instant;
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

    // state 0A of /proc/net/tcp is LISTEN; addresses are hexadecimal, each 32 bits in the machine's order
    @Test
    void listensOnItsFivePortsOnLoopbackOnly() throws Exception {
        var proc = java.nio.file.Path.of("/proc", Long.toString(container.pid()));
        var own = new java.util.HashSet<String>();
        try (var descriptors = Files.list(proc.resolve("fd"))) {
            for (var d : descriptors.filter(Files::isSymbolicLink).toList()) own.add(Files.readSymbolicLink(d).toString());
        }
        var tcp = new java.util.TreeSet<Integer>();
        var udp = new java.util.TreeSet<Integer>();
        for (var table : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (var line : Files.readAllLines(proc.resolve("net/" + table))) {
                var f = line.strip().split("\\s+");
                if (f.length < 10 || !own.contains("socket:[" + f[9] + "]") || table.startsWith("tcp") && !f[3].equals("0A")) continue;
                var address = f[1].substring(0, f[1].lastIndexOf(':'));
                int port = Integer.parseInt(f[1].substring(f[1].lastIndexOf(':') + 1), 16);
                assertTrue(java.util.Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000").contains(address), table + " port " + port + " listens on " + address);
                (table.startsWith("tcp") ? tcp : udp).add(port);
            }
        }
        assertEquals(new java.util.TreeSet<>(List.of(container.http, container.https, container.mqtt, container.chain, container.shell)), tcp);
        assertEquals(new java.util.TreeSet<>(List.of(container.udp)), udp);
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
    void showsItsOwnCertificateForItsNames() {
        var certificate = container.home.resolve("server.pem");
        Container.shell(List.of("sh", "-c", "openssl pkcs12 -in " + container.home.resolve("etc/tls/server.p12") + " -passin file:" + container.home.resolve("etc/tls/server.password") + " -nokeys -out " + certificate), 20);
        for (var name : List.of("localhost", "127.0.0.1")) {
            var check = (name.equals("localhost") ? " -verify_hostname " : " -verify_ip ") + name;
            var trusted = Container.shell(List.of("sh", "-c", "echo | openssl s_client -connect 127.0.0.1:" + container.https + " -CAfile " + certificate + check + " 2>&1; true"), 20);
            assertTrue(trusted.contains("Verify return code: 0 (ok)"), trusted);
        }
        var other = Container.shell(List.of("sh", "-c", "echo | openssl s_client -connect 127.0.0.1:" + container.https + " -CAfile " + certificate + " -verify_hostname example.org 2>&1; true"), 20);
        assertTrue(other.contains("hostname mismatch"), other);
    }

    @Test
    void letsNobodyIntoTheShellWithAWellKnownPassword() throws Exception {
        for (var user : List.of("karaf karaf", "admin admin", "operator operator", "operator karaf")) assertFalse(shellSays(user.split(" ")[0], user.split(" ")[1]).contains("Journal"), user);
        var made = Files.readAllLines(container.home.resolve("etc/users.properties")).stream().filter(l -> l.startsWith("operator")).findFirst().orElseThrow().replaceFirst("^operator *= *", "").replaceFirst(",.*", "");
        assertTrue(made.length() >= 24, "the password made at first start has only " + made.length() + " characters");
        assertTrue(shellSays("operator", made).contains("Journal"), "the password made at first start does not open the shell");
    }

    private static String shellSays(String user, String password) {
        return Container.shell(List.of("sh", "-c", "echo carbomt:status | " + container.home.resolve("bin/client") + " -l 0 -b -r 1 -u " + user + " -p " + password + " 2>&1; true"), 60);
    }

    @Test
    void takesUpASettingWhileItRuns() throws Exception {
        admin.put("/devices/old-1", Map.of("siteId", "lab", "profileId", "mq-board", "name", "Old", "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", true));
        var secret = container.secret("old-1");
        long pid = container.pid();
        var reading = "{\"time\":\"" + Instant.now().minus(Duration.ofDays(100)) + "\",\"pm25\":8.5}";
        assertEquals(422, ingest("old-1", secret, reading));
        container.set("org.carbomt.field.intake", "pastDays", 400);
        Container.await("the longer time", 20, () -> ingest("old-1", secret, reading), s -> s == 200);
        assertEquals(pid, container.pid());
    }

    @Test
    void takesUpAnEditedRouteAndKeepsTheFormerWhenItIsBroken() throws Exception {
        admin.put("/devices/route-1", Map.of("siteId", "lab", "profileId", "mq-board", "name", "Route", "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", true));
        var secret = container.secret("route-1");
        var file = container.home.resolve("camel-routes/ingest-http.camel.yaml");
        var route = Files.readString(file);
        java.util.function.Supplier<Integer> status = () -> ingest("route-1", secret, "{\"time\":\"" + Instant.now() + "\",\"pm25\":8.5}");
        Container.await("a reading", 10, status, s -> s == 200);
        Files.writeString(file, route.replace("uri: \"carbomt-intake:readings\"", "uri: \"carbomt-intake:quarantine\""));
        Container.await("the edited route", 20, status, s -> s == 422);
        Files.writeString(file, "- route: {id: broken");
        Container.await("the complaint about the broken file", 20, () -> container.log(), l -> l.contains("ingest-http.camel.yaml") && l.lines().anyMatch(line -> line.contains("ingest-http.camel.yaml") && line.matches(".*(ERROR|WARN).*")));
        assertEquals(422, status.get(), "the former route runs on");
        Files.writeString(file, route);
        Container.await("the route as it was", 20, status, s -> s == 200);
    }

    private static int ingest(String device, String secret, String body) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(container.base().resolve("/ingest/" + device)).header("Authorization", "Bearer " + secret).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // the one that stood open for 0.1 s at each start until the web server had its configuration
    @Test
    void opensNoPortBeforeItsConfigurationHasCome() {
        assertFalse(container.log().contains(":8080}"), "port 8080 was open");
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
