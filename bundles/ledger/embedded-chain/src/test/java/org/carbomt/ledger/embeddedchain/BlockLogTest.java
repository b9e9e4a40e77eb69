package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockLogTest {
    private static final int RECORDS = 5;
    @TempDir
    Path folder;
    private Path file;
    private byte[] whole;

    private static byte[] payload(int i) {
        byte[] payload = new byte[20 + 7 * i];
        Arrays.fill(payload, (byte) i);
        return payload;
    }

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("blocks.log");
        try (var log = new BlockLog(file)) {
            for (int i = 0; i < RECORDS; i++) log.append(payload(i));
        }
        whole = Files.readAllBytes(file);
    }

    private static void requireFirst(BlockLog log, int count) throws IOException {
        assertEquals(count, log.size());
        for (int i = 0; i < count; i++) assertArrayEquals(payload(i), log.get(i));
    }

    // A crash can leave any part of the last record; whatever is left, the records before it are there and the next one follows them.
    @Test
    void aTornTailIsCutOffAtEveryLength() throws IOException {
        int lastStart = whole.length - 12 - payload(RECORDS - 1).length;
        for (int length = lastStart; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (var log = new BlockLog(file)) {
                requireFirst(log, RECORDS - 1);
                log.append(payload(RECORDS - 1));
                requireFirst(log, RECORDS);
            }
            assertArrayEquals(whole, Files.readAllBytes(file));
        }
    }

    @Test
    void aTailOfZerosOrGarbageIsCutOff() throws IOException {
        for (byte fill : new byte[] {0, (byte) 0xff, 'C'}) {
            byte[] longer = Arrays.copyOf(whole, whole.length + 1000);
            Arrays.fill(longer, whole.length, longer.length, fill);
            Files.write(file, longer);
            try (var log = new BlockLog(file)) {
                requireFirst(log, RECORDS);
            }
            assertArrayEquals(whole, Files.readAllBytes(file));
        }
    }

    // Every byte of every record but the last: no crash does that, so it is not cut off but said.
    @Test
    void damageInTheMiddleIsNeverTakenForATornTail() throws IOException {
        int lastStart = whole.length - 12 - payload(RECORDS - 1).length;
        for (int at = 0; at < lastStart; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file, damaged);
            String message = assertThrows(IOException.class, () -> new BlockLog(file)).getMessage();
            assertTrue(message.contains("is damaged at byte"), message);
            assertArrayEquals(damaged, Files.readAllBytes(file), "nothing is touched");
        }
    }

    @Test
    void damageWhileOpenIsFoundWhenRead() throws IOException {
        try (var log = new BlockLog(file)) {
            byte[] damaged = whole.clone();
            damaged[14] ^= 1;
            Files.write(file, damaged);
            assertTrue(assertThrows(IOException.class, () -> log.get(0)).getMessage().contains("checksum"));
        }
    }

    @Test
    void isOpenOnlyOnce() throws IOException {
        try (var log = new BlockLog(file)) {
            assertTrue(assertThrows(IOException.class, () -> new BlockLog(file)).getMessage().contains("open in this process already"));
            requireFirst(log, RECORDS);
        }
        new BlockLog(file).close();
    }
}
