package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.carbomt.demo.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bundles are replaced while 1,000 readings a second come in: nothing acknowledged is lost or stored twice, and the process stays. */
class HotSwapIT {
    private static final String RULE_BOOK = "org.carbomt.emissions.part75";
    private static final String LORAWAN = "org.carbomt.field.lorawan";
    private static final String OLD = "0.1.0";
    private static final String NEW = "0.1.1";
    private static Container container;
    private static Api admin;

    @BeforeAll
    static void start() {
        container = new Container("hot-swap", "all");
        container.start();
        admin = container.admin();
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    private static void device(String id, String profile, Map<String, String> addresses) {
        admin.put("/devices/" + id, Map.of("siteId", "swap", "profileId", profile, "name", id, "addresses", addresses, "syntheticChannels", List.of(), "acceptFrom", "2020-01-01T00:00:00Z", "enabled", true));
    }

    @Test
    void replacesARuleBookAndRestartsAProtocolUnderLoad() throws Exception {
        for (var id : List.of("mqtt-3", "mqtt-5", "http-1")) device(id, "mq-board", Map.of());
        device("plant", "plant-data-system", Map.of());
        device("lora", "elsys-ers-co2", Map.of("lorawan.devAddr", "26011bda"));
        admin.put("/devices/lora/lorawan", Map.of("devAddr", "26011bda", "nwkSKey", container.keys().radioKey("lora.nwkSKey"), "appSKey", container.keys().radioKey("lora.appSKey"), "nextCounter", 0));
        admin.put("/sources/unit", Map.of("siteId", "swap", "name", "unit", "ruleBook", "part75", "method", "G-4", "inputs",
                Map.of("heatInput", Map.of("deviceId", "plant", "channel", "heatInput"), "operatingTime", Map.of("deviceId", "plant", "channel", "operatingTime")), "parameters", Map.of("Fc", "1040"), "operatorId", "swap"));

        long pid = container.pid();
        var complaints = new ConcurrentLinkedQueue<String>();
        var recent = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();
        var plantStart = Instant.parse("2020-01-01T00:00:00Z");
        try (var book = new AckBook(container.home.resolve("acknowledged.txt"))) {
            var client = new Load.Client(book, new ReentrantReadWriteLock().readLock(), complaints);
            var loads = List.of(
                    new MqttLoad(container, "mqtt-3", 4, client, new Load.Pace(recent, 1, 25, 250)),
                    new MqttLoad(container, "mqtt-5", 5, client, new Load.Pace(recent, 1, 25, 250)),
                    new HttpLoad(container, "http-1", HttpLoad::board, Set.of(503), client, new Load.Pace(recent, 1, 50, 480)),
                    new LoraLoad(container, "lora", "26011bda", client, new Load.Pace(recent, 1, 1, 20)),
                    new HttpLoad(container, "plant", HttpLoad::plant, Set.of(503), client, new Load.Pace(plantStart.toEpochMilli(), 3_600_000, 1, 8)));
            long t0 = System.nanoTime();
            loads.forEach(Thread::start);
            awaitMore(loads, 2_000);

            // the new rule book beside the old one, then the old one goes
            var jar = nextVersion(container.home.resolve("system/org/carbomt/" + RULE_BOOK + "/" + OLD + "/" + RULE_BOOK + "-" + OLD + ".jar"), container.home.resolve("part75-next.jar"));
            Container.await("an hour by the old rule book", 20, HotSwapIT::ruleBooks, b -> b.contains("part75@" + OLD));
            container.exec("bundle:install -s file:" + jar);
            Container.await("an hour by the new rule book", 20, HotSwapIT::ruleBooks, b -> b.contains("part75@" + NEW));
            container.exec("bundle:uninstall " + RULE_BOOK + "/" + OLD);
            awaitMore(loads, 2_000);
            // a protocol stops, and starts again
            long before = loads.get(3).acknowledged();
            container.exec("bundle:stop " + LORAWAN);
            awaitMore(loads.subList(0, 3), 1_000);
            container.exec("bundle:start " + LORAWAN);
            Container.await("LoRaWAN again", 20, () -> loads.get(3).acknowledged(), n -> n > before + 20);
            awaitMore(loads, 2_000);
            double seconds = (System.nanoTime() - t0) / 1e9;
            for (var load : loads) load.finish();

            long acknowledged = loads.stream().mapToLong(Load::acknowledged).sum();
            System.out.printf("Hot swap: %d readings acknowledged in %.1f s, %.0f a second%n", acknowledged, seconds, acknowledged / seconds);
            assertEquals(List.of(), List.copyOf(complaints));
            assertTrue(acknowledged / seconds > 950, "only " + acknowledged / seconds + " readings a second");
            var check = ReadingCheck.of(book.sent(), book.acknowledged(), JournalCopy.of(admin), Load::value);
            check.mustHold();
            System.out.println("0 lost, 0 doubled of " + check.acknowledged() + " acknowledged; " + check.unknown() + " without an answer");
            assertEquals(acknowledged, check.acknowledged());
            assertEquals(pid, container.pid());
            assertEquals(-1, admin.post("/journal/verify", Map.of()).get("firstBad").asLong());

            long plantHours = loads.get(4).acknowledged();
            container.awaitHours(admin);
            var hours = hours(plantStart, plantHours);
            assertEquals(plantHours, hours.size());
            var books = new ArrayList<String>();
            for (var h : hours) {
                assertEquals("MEASURED", h.get("status").asText(), h.toString());
                if (books.isEmpty() || !books.get(books.size() - 1).equals(h.get("ruleBook").asText())) books.add(h.get("ruleBook").asText());
            }
            assertEquals(List.of("part75@" + OLD, "part75@" + NEW), books, "each hour names the rule book that was in force; the change is one moment");
        }
    }

    private static Set<String> ruleBooks() {
        var books = new java.util.TreeSet<String>();
        for (var h : hours(Instant.parse("2020-01-01T00:00:00Z"), 5_000)) books.add(h.get("ruleBook").asText());
        return books;
    }

    private static List<JsonNode> hours(Instant from, long count) {
        var list = new ArrayList<JsonNode>();
        admin.get("/sources/unit/hours?from=" + from + "&to=" + from.plus(count, ChronoUnit.HOURS)).get("hours").forEach(list::add);
        return list;
    }

    private static void awaitMore(List<? extends Load> loads, long readings) {
        long before = loads.stream().mapToLong(Load::acknowledged).sum();
        Container.await(readings + " more readings", 30, () -> loads.stream().mapToLong(Load::acknowledged).sum(), n -> n >= before + readings);
    }

    /** The same bundle under its next version. */
    private static Path nextVersion(Path jar, Path next) throws IOException {
        try (var in = new JarFile(jar.toFile())) {
            var manifest = in.getManifest();
            assertEquals(OLD, manifest.getMainAttributes().getValue("Bundle-Version"));
            manifest.getMainAttributes().putValue("Bundle-Version", NEW);
            try (var out = new JarOutputStream(Files.newOutputStream(next), manifest)) {
                for (var entry : java.util.Collections.list(in.entries())) {
                    if (entry.getName().equals(JarFile.MANIFEST_NAME)) continue;
                    out.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
                    in.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return next;
    }
}
