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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.carbomt.demo.Api;

/**
 * kill -9 at random moments, while readings come in by three protocols and credits are issued, moved, sold and retired. Every time it starts again by
 * itself; what was acknowledged is there once, a business key has one effect, and books and chain agree. The counting is the clients'.
 */
final class KillRounds {
    /** @param mostReadings acknowledged between two kills. @param load factor on the rows by HTTP */
    record Size(int kills, int mostReadings, int load, long seed) {}

    /** Entries that were read before and are read again after a kill. */
    private static final long READ_AGAIN = 5_000;
    private final Container container;
    private final Api admin;
    private final Size size;
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final AckBook book;
    private final EffectBook effects = new EffectBook();
    private final List<JournalCopy.Row> journal = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();
    private long journalEnd;

    /** @param container that runs */
    KillRounds(Container container, Size size) {
        this.container = container;
        this.admin = container.admin();
        this.size = size;
        this.book = new AckBook(container.home.resolve("acknowledged.txt"));
    }

    private void device(String id, String profile, Map<String, String> addresses) {
        admin.put("/devices/" + id, Map.of("siteId", "kill", "profileId", profile, "name", id, "addresses", addresses, "syntheticChannels", List.of(), "enabled", true));
    }

    void losesNothingDoublesNothingAndStartsByItself() throws Exception {
        System.out.printf("kill -9: seed %d (again with -Dcarbomt.seed=%d), %d rounds%n", size.seed(), size.seed(), size.kills());
        var random = new Random(size.seed());
        for (var id : List.of("mqtt-3", "mqtt-5", "http-1", "probe")) device(id, "mq-board", Map.of());
        device("lora", "elsys-ers-co2", Map.of("lorawan.devAddr", "26011bdb"));
        admin.put("/devices/lora/lorawan", Map.of("devAddr", "26011bdb", "nwkSKey", container.keys().radioKey("lora.nwkSKey"), "appSKey", container.keys().radioKey("lora.appSKey"), "nextCounter", 0));
        var country = new Country(container);
        var start = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();
        try (book) {
            var client = new Load.Client(book, gate.readLock(), complaints);
            var registry = new Registry(container, country, effects, client);
            registry.open();
            var loads = List.of(
                    new MqttLoad(container, "mqtt-3", 4, client, new Load.Pace(start, 1, 20, 200)),
                    new MqttLoad(container, "mqtt-5", 5, client, new Load.Pace(start, 1, 20, 200)),
                    new HttpLoad(container, "http-1", HttpLoad::board, Registry.NOT_NOW, client, new Load.Pace(start, 1, 50 * size.load(), 500 * size.load())),
                    new LoraLoad(container, "lora", "26011bdb", client, new Load.Pace(start, 1, 1, 15)));
            var probe = new HttpLoad(container, "probe", HttpLoad::board, Registry.NOT_NOW, new Load.Client(book, new ReentrantReadWriteLock().readLock(), complaints), new Load.Pace(start, 1, 1, 1));
            var people = registry.people();
            loads.forEach(Thread::start);
            people.forEach(Thread::start);
            try {
                killAndCheck(random, loads, probe);
            } finally {
                for (var load : loads) load.finish();
                for (var person : people) person.finish();
            }
            check("at the end", 0);
            assertEquals(-1, admin.post("/journal/verify", Map.of()).get("firstBad").asLong());
            var sorted = recoveries.stream().sorted().toList();
            System.out.printf("kill -9: %d kills; from kill to the first accepted message: median %d ms, 95%% %d ms, longest %d ms%n", size.kills(), sorted.get(sorted.size() / 2), sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1), sorted.get(sorted.size() - 1));
        }
    }

    /** The mutant, after the rounds: a journal that acknowledged more than it had forced. The count must catch it. */
    void aTornTailIsSeen() throws IOException {
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

    private void killAndCheck(Random random, List<? extends Load> loads, Load probe) {
        for (int round = 1; round <= size.kills(); round++) {
            long enough = acknowledged(loads) + random.nextInt(size.mostReadings());
            Container.await("load before the kill", 120, () -> acknowledged(loads), n -> n >= enough);
            LockSupport.parkNanos(random.nextInt(100_000_000)); // at no particular place between two acknowledgements
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
                check("round " + round, journalEnd);
            } finally {
                gate.writeLock().unlock();
            }
        }
    }

    private static long acknowledged(List<? extends Load> loads) {
        return loads.stream().mapToLong(Load::acknowledged).sum();
    }

    /** All rules, while nobody asks for anything. */
    private void check(String when, long readFrom) {
        awaitAllParts();
        assertEquals(List.of(), List.copyOf(complaints), when);
        var readings = readings(readFrom);
        readings.mustHold();
        var outbox = Container.await("effects finished", 60, this::outbox, o -> o.values().stream().allMatch(s -> s.equals("DONE") || s.equals("REFUSED")));
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
        if (readFrom == 0 && recoveries.size() == size.kills()) assertTrue(effectCheck.onChain() > 5 * size.kills() && readings.acknowledged() > 300 * size.kills(), "too little happened to say anything");
    }

    private void awaitAllParts() {
        Container.await("all parts", 90, () -> admin.get("/status").get("parts"), parts -> {
            for (var part : parts) if (!part.asBoolean()) return false;
            return true;
        });
    }

    private ReadingCheck readings(long readFrom) {
        long end = admin.get("/status").get("journal").get("nextSequence").asLong();
        assertTrue(end >= journalEnd, "the journal had " + journalEnd + " entries and has " + end);
        long from = Math.max(0, readFrom - READ_AGAIN);
        journal.removeIf(row -> row.sequence() >= from);
        journal.addAll(JournalCopy.of(admin, from));
        journalEnd = end;
        return ReadingCheck.of(book.sent(), book.acknowledged(), journal, Load::value);
    }

    /** Status by business key: the newest as a list, older ones that the clients know one by one. */
    private Map<String, String> outbox() {
        var map = new HashMap<String, String>();
        for (JsonNode e : admin.get("/effects?limit=10000").get("items")) map.put(e.get("businessKey").asText(), e.get("status").asText());
        if (map.size() < 10_000) return map;
        for (var key : effects.all().keySet()) {
            if (!map.containsKey(key)) admin.get("/effects?key=" + key).get("items").forEach(e -> map.put(key, e.get("status").asText()));
        }
        return map;
    }
}
