package org.carbomt.ledger.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceCopy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesTest {
    @TempDir
    Path folder;

    private ObjectFiles files;
    private Copies copies;
    private final Shelf shelf = new Shelf();

    @BeforeEach
    void open() {
        files = new ObjectFiles(folder);
        copies = new Copies(folder, files, Clock.systemUTC(), Duration.ofMillis(5));
    }

    @AfterEach
    void close() {
        copies.close();
    }

    @Test
    void copiesWhatLayThereBeforeAndWhatComesLaterEachOnce() throws Exception {
        var before = write("before");
        copies.add(shelf);
        var later = write("later");
        copies.stored(later);
        copies.stored(later);
        await(2);
        assertArrayEquals(files.read(before).orElseThrow(), shelf.objects.get(before));
        assertArrayEquals(files.read(later).orElseThrow(), shelf.objects.get(later));
        assertEquals(2, shelf.puts.get());
    }

    @Test
    void asksNothingAgainAfterARestartAndFindsATornLine() throws Exception {
        write("one");
        copies.add(shelf);
        await(1);
        copies.close();
        try (var records = Files.list(folder.resolve("copies"))) {
            Files.writeString(records.findFirst().orElseThrow(), "bafkrei", StandardOpenOption.APPEND);
        }
        int asked = shelf.asked.get();
        open();
        copies.add(shelf);
        var two = write("two");
        copies.stored(two);
        await(2);
        assertEquals(asked + 1, shelf.asked.get(), "only the new one was asked for");
        assertEquals(2, shelf.puts.get());
    }

    @Test
    void anotherPlaceGetsAllAnew() throws Exception {
        write("one");
        copies.add(shelf);
        await(1);
        copies.remove(shelf);
        shelf.place = "shelf://elsewhere";
        shelf.objects.clear();
        copies.add(shelf);
        await(1);
        assertEquals(1, shelf.objects.size());
    }

    @Test
    void aStoreThatRefusesIsToldOfAndTriedAgainAndOneRefusedObjectHoldsNobodyUp() throws Exception {
        var bad = write("refused");
        shelf.refused = bad;
        copies.add(shelf);
        var good = write("good");
        copies.stored(good);
        await(1);
        assertTrue(shelf.objects.containsKey(good));
        while (copies.problem().isEmpty()) Thread.sleep(2);
        assertTrue(copies.problem().orElseThrow().contains("shelf (1 objects wait)"), copies.problem().orElseThrow());
        assertFalse(copies.critical());
        assertTrue(copies.stores().get(0).problem().orElseThrow().contains("no room"));
        assertEquals(1.0, copies.metrics().stream().filter(m -> m.name().endsWith("_waiting")).findFirst().orElseThrow().value());
        shelf.refused = null;
        await(2);
        while (copies.problem().isPresent()) Thread.sleep(2);
    }

    @Test
    void whatTheDiskLostComesBackAndOtherBytesDoNot() throws Exception {
        var cid = write("lost");
        copies.add(shelf);
        await(1);
        Files.delete(files.path(cid));
        assertEquals("lost", new String(copies.find(cid).orElseThrow(), StandardCharsets.UTF_8));
        assertTrue(copies.find(Cid.ofContent(new byte[1])).isEmpty());
        shelf.objects.put(cid, new byte[3]);
        var other = assertThrows(CarboException.Unavailable.class, () -> copies.find(cid));
        assertTrue(other.getMessage().contains("shelf gave other bytes"), other.getMessage());
        shelf.away = true;
        assertThrows(CarboException.Unavailable.class, () -> copies.find(Cid.ofContent(new byte[1])), "a store that is away does not say that there is nothing");
    }

    private Cid write(String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        files.write(Cid.ofContent(bytes), bytes);
        return Cid.ofContent(bytes);
    }

    private void await(int copied) throws InterruptedException {
        for (int i = 0; i < 2_000 && copies.stores().get(0).copied() < copied; i++) Thread.sleep(5);
        assertEquals(copied, copies.stores().get(0).copied());
    }

    private static final class Shelf implements EvidenceCopy {
        final Map<Cid, byte[]> objects = new ConcurrentHashMap<>();
        final AtomicInteger puts = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        volatile String place = "shelf://here";
        volatile Cid refused;
        volatile boolean away;

        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public void put(Cid cid, byte[] sealed) {
            if (cid.equals(refused)) throw new CarboException.Unavailable(new Problem("shelf.full", "", "no room", "room"));
            puts.incrementAndGet();
            objects.put(cid, sealed);
        }

        @Override
        public boolean has(Cid cid) {
            asked.incrementAndGet();
            return objects.containsKey(cid);
        }

        @Override
        public Optional<byte[]> get(Cid cid) {
            if (away) throw new CarboException.Unavailable(new Problem("shelf.away", "", "", "a shelf"));
            return Optional.ofNullable(objects.get(cid));
        }
    }
}
