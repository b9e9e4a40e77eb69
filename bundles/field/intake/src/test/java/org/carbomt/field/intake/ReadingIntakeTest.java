package org.carbomt.field.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Payload;
import org.carbomt.api.device.Profile;
import org.carbomt.api.device.Profiles;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Outcome;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.field.journal.SegmentedJournal;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingIntakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    @TempDir
    Path folder;
    private RelationalStore store;
    private SegmentedJournal journal;
    private DeviceTable devices;
    private QuarantineTable quarantine;
    private ReadingIntake intake;
    private Journal present;

    /** Payload "millis=value,millis=value"; anything else is undecodable. */
    private static final class Pairs implements Profile {
        @Override
        public String id() {
            return "pairs";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public String title() {
            return "test";
        }

        @Override
        public Hash digest() {
            return Hash.sha256(new byte[0]);
        }

        @Override
        public List<Channel> channels() {
            return List.of(new Channel("co2", "ppm", Grade.MEASURED));
        }

        @Override
        public int intervalMinutes() {
            return 0;
        }

        @Override
        public Decoding decode(Payload payload) {
            try {
                var pairs = new String(payload.bytes()).split(",");
                var times = new long[pairs.length];
                var values = new double[1][pairs.length];
                for (int i = 0; i < pairs.length; i++) {
                    times[i] = Long.parseLong(pairs[i].split("=")[0]);
                    values[0][i] = Double.parseDouble(pairs[i].split("=")[1]);
                }
                return new Decoding.Decoded(new ReadingBlock(channels(), times, values));
            } catch (RuntimeException e) {
                return new Decoding.Undecodable(new Problem("payload.malformed", "payload", new String(payload.bytes()), "millis=value"));
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        store = RelationalStore.forTest("intake");
        var database = store.open("org.carbomt.field.intake", getClass().getClassLoader(), "db/field_intake.xml");
        journal = new SegmentedJournal(folder, 1 << 20, 1 << 20);
        present = journal;
        devices = new DeviceTable(database, new SecureRandom());
        quarantine = new QuarantineTable(database, CLOCK, 5);
        var profiles = new Profiles() {
            @Override
            public Optional<Profile> find(String id) {
                return id.equals("pairs") ? Optional.of(new Pairs()) : Optional.empty();
            }

            @Override
            public List<Profile> all() {
                return List.of(new Pairs());
            }

            @Override
            public Map<String, Problem> rejected() {
                return Map.of();
            }
        };
        intake = new ReadingIntake(devices, quarantine, new Checks(Duration.ofMinutes(5), Duration.ofDays(35)), new ReadingIntake.Services(() -> Optional.ofNullable(present), () -> Optional.of(profiles), Optional::empty), CLOCK, Runnable::run);
        devices.put(new Device("a", "site", "pairs", "A", Map.of("lorawan.devAddr", "26011bda"), Set.of(), Optional.empty(), true));
    }

    @AfterEach
    void close() {
        journal.close();
        store.close();
    }

    private Outcome submit(String device, String text) throws Exception {
        return intake.submit(List.of(Arrival.of("test", "here", device, text.getBytes(), "text/plain", NOW))).get(10, TimeUnit.SECONDS).get(0);
    }

    private static String at(long minutesFromNow, double value) {
        return NOW.plusSeconds(60 * minutesFromNow).toEpochMilli() + "=" + value;
    }

    @Test
    void answersWhenDurableAndStoresADuplicateOnce() throws Exception {
        assertEquals(new Outcome.Accepted(0, 1, 0), submit("a", at(-1, 5)));
        assertEquals(new Outcome.Accepted(-1, 0, 1), submit("a", at(-1, 5)));
        assertEquals(1, journal.nextSequence());
        assertEquals("test", devices.lastSeen("a").orElseThrow().protocol());
    }

    private void quarantined(String code, Outcome outcome) {
        var kept = assertInstanceOf(Outcome.Quarantined.class, outcome);
        assertEquals(code, kept.problem().code());
        assertEquals(code, quarantine.find(kept.quarantineId()).orElseThrow().problem().code());
    }

    @Test
    void keepsWhatCannotBeUsedWithItsReason() throws Exception {
        quarantined("payload.malformed", submit("a", "rubbish"));
        quarantined("device.unknown", submit("b", at(-1, 5)));
        quarantined("time.future", submit("a", at(6, 5)));
        quarantined("time.ancient", submit("a", at(-36 * 24 * 60, 5)));
        submit("a", at(-1, 5));
        quarantined("reading.conflict", submit("a", at(-1, 6)));
        assertEquals(1, journal.nextSequence());
    }

    // just inside and just outside of each limit
    @Test
    void drawsTheTimeLimitsExactly() throws Exception {
        assertInstanceOf(Outcome.Accepted.class, submit("a", NOW.plusSeconds(300).toEpochMilli() + "=1"));
        assertInstanceOf(Outcome.Quarantined.class, submit("a", NOW.plusSeconds(300).toEpochMilli() + 1 + "=1"));
        assertInstanceOf(Outcome.Accepted.class, submit("a", NOW.minus(Duration.ofDays(35)).toEpochMilli() + "=1"));
        assertInstanceOf(Outcome.Quarantined.class, submit("a", NOW.minus(Duration.ofDays(35)).toEpochMilli() - 1 + "=1"));
    }

    @Test
    void keepsTheGoodRowsOfAMixedMessage() throws Exception {
        quarantined("time.future", submit("a", at(-2, 1) + "," + at(99, 2) + "," + at(-1, 3)));
        assertEquals(2, journal.readings("a", Instant.EPOCH, NOW).rows());
    }

    @Test
    void importsARecordingOnlyWhereTheDeviceAllowsIt() throws Exception {
        devices.put(new Device("old", "site", "pairs", "Old", Map.of(), Set.of("co2"), Optional.of(Instant.parse("2020-01-01T00:00:00Z")), true));
        assertInstanceOf(Outcome.Accepted.class, submit("old", Instant.parse("2020-01-01T00:00:00Z").toEpochMilli() + "=1"));
        assertInstanceOf(Outcome.Quarantined.class, submit("old", Instant.parse("2019-12-31T23:59:59Z").toEpochMilli() + "=1"));
        assertEquals(Grade.SYNTHETIC, journal.read(0, 1).get(0).entry().block().channels().get(0).grade());
    }

    @Test
    void harmsNoNeighbour() throws Exception {
        var outcomes = intake.submit(List.of(Arrival.of("t", "", "a", at(-3, 1).getBytes(), "", NOW), Arrival.of("t", "", "a", "rubbish".getBytes(), "", NOW), Arrival.of("t", "", "a", at(-2, 2).getBytes(), "", NOW))).get();
        assertInstanceOf(Outcome.Accepted.class, outcomes.get(0));
        assertInstanceOf(Outcome.Quarantined.class, outcomes.get(1));
        assertInstanceOf(Outcome.Accepted.class, outcomes.get(2));
    }

    @Test
    void asksTheSenderToWaitWhileAPartIsReplaced() throws Exception {
        present = null;
        assertEquals("part.absent", assertInstanceOf(Outcome.Refused.class, submit("a", at(-1, 1))).problem().code());
        present = journal;
        assertInstanceOf(Outcome.Accepted.class, submit("a", at(-1, 1)));
    }

    @Test
    void keepsTheSameMessageOnceWhileItIsHeld() throws Exception {
        var first = assertInstanceOf(Outcome.Quarantined.class, submit("a", "rubbish")).quarantineId();
        assertEquals(first, assertInstanceOf(Outcome.Quarantined.class, submit("a", "rubbish")).quarantineId());
        assertEquals(2, quarantine.find(first).orElseThrow().times());
        quarantine.handle(first, "DISCARDED", "engineer", "looked at");
        assertFalse(first.equals(assertInstanceOf(Outcome.Quarantined.class, submit("a", "rubbish")).quarantineId()), "came again after it was handled");
        assertEquals(2, quarantine.list(Optional.of("a"), Optional.empty(), 100).size());
    }

    @Test
    void keepsOnlyTheFirstOfAFlood() throws Exception {
        for (int i = 0; i < 5; i++) assertInstanceOf(Outcome.Quarantined.class, submit("a", "x" + i));
        assertEquals("quarantine.full", assertInstanceOf(Outcome.Refused.class, submit("a", "x")).problem().code());
        assertEquals(1, quarantine.dropped());
        assertEquals(5, quarantine.list(Optional.of("a"), Optional.empty(), 100).size());
    }

    @Test
    void knowsADeviceByItsNewestSecretOnly() {
        var first = devices.renewSecret("a");
        var second = devices.renewSecret("a");
        assertFalse(devices.authenticate("a", first));
        assertTrue(devices.authenticate("a", second));
        assertFalse(devices.authenticate("nobody", second));
        assertFalse(devices.authenticate("a", null));
        devices.put(new Device("a", "site", "pairs", "A", Map.of(), Set.of(), Optional.empty(), false));
        assertFalse(devices.authenticate("a", second));
        assertTrue(devices.findByAddress("lorawan.devAddr", "26011bda").isEmpty(), "the former address is gone");
    }
}
