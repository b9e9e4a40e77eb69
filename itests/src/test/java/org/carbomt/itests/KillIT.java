package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.carbomt.demo.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * kill -9 at random moments, while readings come in by three protocols and credits are issued, moved, sold and retired. Every time it starts again by
 * itself; what was acknowledged is there once, a business key has one effect, and books and chain agree. The counting is the clients'.
 *
 * <p>System properties: {@code carbomt.kills} (20), {@code carbomt.killMillis} (longest load between two kills, 2500), {@code carbomt.killLoad} (factor
 * on the rows by HTTP, 1), {@code carbomt.seed}.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("carbomt.kills", 20);
    private static final int LONGEST_MILLIS = Integer.getInteger("carbomt.killMillis", 2_500);
    private static final int LOAD = Integer.getInteger("carbomt.killLoad", 1);
    private static final long SEED = Long.getLong("carbomt.seed", System.nanoTime());
    /** Entries that were read before and are read again after a kill. */
    private static final long READ_AGAIN = 5_000;
    private static Container container;
    private static Api admin;
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final EffectBook effects = new EffectBook();
    private final List<JournalCopy.Row> journal = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();
    private long journalEnd;

    @BeforeAll
    static void start() {
        container = new Container("kill", "all");
        container.start();
        admin = container.admin();
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    private static void device(String id, String profile, Map<String, String> addresses) {
        admin.put("/devices/" + id, Map.of("siteId", "kill", "profileId", profile, "name", id, "addresses", addresses, "syntheticChannels", List.of(), "enabled", true));
    }

    @Test
    void losesNothingDoublesNothingAndStartsByItself() throws Exception {
        System.out.printf("kill -9: seed %d (again with -Dcarbomt.seed=%d), %d rounds%n", SEED, SEED, KILLS);
        var random = new Random(SEED);
        for (var id : List.of("mqtt-3", "mqtt-5", "http-1", "probe")) device(id, "mq-board", Map.of());
        device("lora", "elsys-ers-co2", Map.of("lorawan.devAddr", "26011bdb"));
        admin.put("/devices/lora/lorawan", Map.of("devAddr", "26011bdb", "nwkSKey", container.keys().radioKey("lora.nwkSKey"), "appSKey", container.keys().radioKey("lora.appSKey"), "nextCounter", 0));
        var country = new Country(container);
        var start = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();
        try (var book = new AckBook(container.home.resolve("acknowledged.txt"))) {
            var client = new Load.Client(book, gate.readLock(), complaints);
            var registry = new Registry(container, country, effects, client);
            registry.open();
            // 404, 405: the web server is up before what it serves
            var notNow = Set.of(503, 404, 405);
            var loads = List.of(
                    new MqttLoad(container, "mqtt-3", 4, client, new Load.Pace(start, 1, 20, 200)),
                    new MqttLoad(container, "mqtt-5", 5, client, new Load.Pace(start, 1, 20, 200)),
                    new HttpLoad(container, "http-1", HttpLoad::board, notNow, client, new Load.Pace(start, 1, 50 * LOAD, 500 * LOAD)),
                    new LoraLoad(container, "lora", "26011bdb", client, new Load.Pace(start, 1, 1, 15)));
            var probe = new HttpLoad(container, "probe", HttpLoad::board, notNow, new Load.Client(book, new ReentrantReadWriteLock().readLock(), complaints), new Load.Pace(start, 1, 1, 1));
            var people = registry.people();
            loads.forEach(Thread::start);
            people.forEach(Thread::start);
            try {
                killAndCheck(random, probe, book);
            } finally {
                for (var load : loads) load.finish();
                for (var person : people) person.finish();
            }
            check("at the end", book, 0);
            assertEquals(-1, admin.post("/journal/verify", Map.of()).get("firstBad").asLong());
            var sorted = recoveries.stream().sorted().toList();
            System.out.printf("kill -9: %d kills; from kill to the first accepted message: median %d ms, 95%% %d ms, longest %d ms%n", KILLS, sorted.get(sorted.size() / 2), sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1), sorted.get(sorted.size() - 1));
            aTornTailIsSeen(book);
        }
    }

    /** The mutant: a journal that acknowledged more than it had forced. The count must catch it. */
    private void aTornTailIsSeen(AckBook book) throws IOException {
        container.kill();
        var folder = container.home.resolve("data/carbomt/journal");
        try (var files = Files.list(folder)) {
            var newest = files.filter(f -> f.toString().endsWith(".journal")).max(java.util.Comparator.naturalOrder()).orElseThrow();
            try (var channel = FileChannel.open(newest, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - 500);
            }
        }
        container.launch();
        awaitAllParts();
        var seen = ReadingCheck.of(book.sent(), book.acknowledged(), JournalCopy.of(admin), Load::value).violations();
        assertTrue(!seen.isEmpty() && seen.stream().allMatch(v -> v.startsWith("lost: ")), "500 bytes cut off, and the count says " + seen);
        System.out.println("mutant: 500 bytes of the journal cut off, " + seen.size() + " readings missed by the count");
    }

    private void killAndCheck(Random random, Load probe, AckBook book) {
        for (int round = 1; round <= KILLS; round++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(LONGEST_MILLIS)));
            long killed = System.nanoTime();
            container.kill();
            gate.writeLock().lock(); // whoever waits for an answer learns that none will come
            try {
                container.launch();
                if (random.nextInt(5) == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(6_000)));
                    container.kill();
                    container.launch();
                    killed = System.nanoTime();
                }
                while (!probe.once()) if (System.nanoTime() - killed > TimeUnit.SECONDS.toNanos(90)) throw new AssertionError("nothing accepted 90 s after the kill");
                recoveries.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
                check("round " + round, book, journalEnd);
            } finally {
                gate.writeLock().unlock();
            }
        }
    }

    /** All rules, while nobody asks for anything. */
    private void check(String when, AckBook book, long readFrom) {
        awaitAllParts();
        assertEquals(List.of(), List.copyOf(complaints), when);
        var readings = readings(book, readFrom);
        readings.mustHold();
        var outbox = Container.await("effects finished", 60, KillIT::outbox, o -> o.values().stream().allMatch(s -> s.equals("DONE") || s.equals("REFUSED")));
        var chain = new ChainReader(container.chain);
        var network = admin.get("/chain/network").get("contracts");
        var contracts = new HashMap<String, String>();
        network.fields().forEachRemaining(c -> contracts.put(c.getKey(), c.getValue().asText()));
        var events = chain.events(contracts.values());
        var keys = new HashMap<String, String>();
        effects.all().keySet().forEach(key -> keys.put(chain.hash(key), key));
        var happened = events.stream().filter(e -> e.words().containsKey("key")).map(e -> keys.getOrDefault(e.words().get("key"), e.words().get("key"))).toList();
        var effectCheck = EffectCheck.of(effects.all(), outbox, happened);
        effectCheck.mustHold();

        var accounts = Books.accountsByAddress(admin.get("/accounts"));
        var books = Books.ofTransfers(events, accounts);
        assertEquals(List.of(), Books.violations(events, books), when);
        assertEquals(books, Books.ofRecords(admin, effects.all().values(), outbox), when + ": the container's records against the chain");
        var shown = Books.shown(admin, accounts.values());
        assertEquals(books.credits(), shown.credits(), when + ": holdings shown");
        assertEquals(books.cash(), shown.cash(), when + ": cash shown");
        accounts.forEach((address, id) -> {
            assertEquals(books.cash().getOrDefault(id, 0L), chain.cash(contracts.get("cash"), address), when + ": cash of " + id);
            for (long token : books.issued().keySet()) assertEquals(books.credits().getOrDefault(id + "/" + token, 0L), chain.credits(contracts.get("credits"), address, token), when + ": token " + token + " of " + id);
        });
        System.out.printf("%s: 0 lost, 0 doubled of %d acknowledged readings (%d unknown, %d of them stored); %d effects asked for (%d unknown), %d on chain, each once; %d t issued, %d t retired, books agree%n", when, readings.acknowledged(), readings.unknown(),
                readings.unknownStored(), effectCheck.asked(), effectCheck.unanswered(), effectCheck.onChain(), books.issued().values().stream().mapToLong(Long::longValue).sum(), books.retired().values().stream().mapToLong(Long::longValue).sum());
        if (readFrom == 0 && recoveries.size() == KILLS) assertTrue(effectCheck.onChain() > 5 * KILLS && readings.acknowledged() > 300 * KILLS, "too little happened to say anything");
    }

    private static void awaitAllParts() {
        Container.await("all parts", 90, () -> admin.get("/status").get("parts"), parts -> {
            for (var part : parts) if (!part.asBoolean()) return false;
            return true;
        });
    }

    private ReadingCheck readings(AckBook book, long readFrom) {
        long end = admin.get("/status").get("journal").get("nextSequence").asLong();
        assertTrue(end >= journalEnd, "the journal had " + journalEnd + " entries and has " + end);
        long from = Math.max(0, readFrom - READ_AGAIN);
        journal.removeIf(row -> row.sequence() >= from);
        journal.addAll(JournalCopy.of(admin, from));
        journalEnd = end;
        return ReadingCheck.of(book.sent(), book.acknowledged(), journal, Load::value);
    }

    private static Map<String, String> outbox() {
        var map = new HashMap<String, String>();
        for (JsonNode e : admin.get("/effects?limit=10000").get("items")) map.put(e.get("businessKey").asText(), e.get("status").asText());
        return map;
    }
}
