package org.carbomt.ledger.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.CarboException;
import org.carbomt.api.evidence.Cid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskEvidenceTest {
    private static final byte[] CONTENT = "{\"hours\":744}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final MemoryVault vault = new MemoryVault(1);

    @Test
    void givesBackContentAndMediaTypeAlsoAfterARestart() {
        var cid = store().put(CONTENT, "application/json");
        var evidence = store().get(cid).orElseThrow();
        assertArrayEquals(CONTENT, evidence.content());
        assertEquals("application/json", evidence.mediaType());
        assertTrue(store().get(Cid.ofContent(CONTENT)).isEmpty(), "the CID is that of the encrypted bytes, not of the content");
    }

    @Test
    void tellsNothingOfTheContentOnDisk() throws Exception {
        var store = store();
        var first = store.put(CONTENT, "application/json");
        var second = store.put(CONTENT, "application/json");
        assertNotEquals(first, second, "a fresh key and nonce each time");
        var stored = new String(store.sealed(first).orElseThrow(), StandardCharsets.ISO_8859_1);
        assertFalse(stored.contains("hours"));
        assertEquals(first, Cid.ofContent(store.sealed(first).orElseThrow()));
    }

    @Test
    void storesNothingAndAMegabyteAsWell() {
        var large = new byte[1 << 20];
        new Random(3).nextBytes(large);
        for (var content : new byte[][] {{}, large}) {
            assertArrayEquals(content, store().get(store().put(content, "application/octet-stream")).orElseThrow().content());
        }
    }

    @Test
    void noticesAFlippedBitAtEveryPosition() throws Exception {
        var store = store();
        var cid = store.put(CONTENT, "application/json");
        var file = new ObjectFiles(folder).path(cid);
        var whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            var changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertEquals("evidence.changed", assertThrows(CarboException.class, () -> store.get(cid), "byte " + i).problem().code());
            // The envelope stands on its own, too: not only the CID tells.
            assertThrows(CarboException.class, () -> Envelope.open(changed, vault), "byte " + i);
        }
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThrows(CarboException.class, () -> Envelope.open(cut, vault), "cut to " + length);
        }
        Files.write(file, whole);
        assertArrayEquals(CONTENT, store.get(cid).orElseThrow().content());
    }

    @Test
    void anotherVaultOpensNothing() {
        var cid = store().put(CONTENT, "application/json");
        var stranger = new DiskEvidence(folder, new MemoryVault(2), new SecureRandom(), 1 << 20, Clock.systemUTC(), null);
        assertThrows(CarboException.class, () -> stranger.get(cid));
        assertTrue(stranger.sealed(cid).isPresent(), "copies need no key");
    }

    @Test
    void refusesContentThatIsTooLargeAndMediaTypesThatAreNone() {
        var small = new DiskEvidence(folder, vault, new SecureRandom(), 4, Clock.systemUTC(), null);
        assertEquals("evidence.too-large", assertThrows(CarboException.Invalid.class, () -> small.put(CONTENT, "application/json")).problem().code());
        assertThrows(IllegalArgumentException.class, () -> store().put(CONTENT, ""));
        assertThrows(IllegalArgumentException.class, () -> store().put(CONTENT, "text/plain\nx"));
    }

    @Test
    void aCidCannotLeaveTheFolder() {
        for (var text : new String[] {"../../etc/passwd", "b/../../../../../../../../../../../../../../../../../etc/passwd", "B" + "A".repeat(58), "bafk"}) {
            assertThrows(IllegalArgumentException.class, () -> new Cid(text));
        }
    }

    @Test
    void writersSideBySideLoseNothing() throws Exception {
        var store = store();
        var pool = Executors.newFixedThreadPool(8);
        try {
            var all = pool.invokeAll(java.util.stream.IntStream.range(0, 64).<java.util.concurrent.Callable<Cid>>mapToObj(i -> () -> store.put(new byte[] {(byte) i}, "a/b")).toList());
            for (int i = 0; i < 64; i++) assertEquals(i, store.get(all.get(i).get()).orElseThrow().content()[0]);
        } finally {
            pool.shutdownNow();
        }
    }

    /** A process that stores without end is killed at random moments: whatever stands under a CID is whole, every CID it told us is there. */
    @Test
    void aKilledWriterLeavesNoPartialObject() throws Exception {
        var random = new Random(20260301);
        int toldInAll = 0;
        for (int round = 0; round < 3; round++) {
            var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                    System.getProperty("java.class.path"), Writer.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            var told = new HashSet<Cid>();
            var reader = new Thread(() -> read(process.getInputStream(), told));
            reader.start();
            Thread.sleep(900 + random.nextInt(400));
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            reader.join();
            toldInAll += told.size();
            var store = store();
            for (var cid : told) assertTrue(store.get(cid).isPresent(), "told stored: " + cid);
            try (var files = Files.walk(folder.resolve("objects"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) assertEquals(1 << 18, store.get(new Cid(file.getFileName().toString())).orElseThrow().content().length);
            }
            try (var left = Files.list(folder.resolve("incoming"))) {
                assertEquals(0, left.count(), "what the kill left was removed");
            }
        }
        assertTrue(toldInAll > 0, "no writer lived long enough to store anything");
    }

    static final class Writer {
        public static void main(String[] args) {
            var store = new DiskEvidence(Path.of(args[0]), new MemoryVault(1), new SecureRandom(), 1 << 20, Clock.systemUTC(), null);
            while (true) System.out.println(store.put(new byte[1 << 18], "application/octet-stream"));
        }
    }

    private static void read(InputStream in, HashSet<Cid> told) {
        new String(readAll(in), StandardCharsets.US_ASCII).lines().filter(line -> line.length() == 59).forEach(line -> told.add(new Cid(line)));
    }

    private static byte[] readAll(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DiskEvidence store() {
        return new DiskEvidence(folder, vault, new SecureRandom(), 16 << 20, Clock.systemUTC(), null);
    }
}
