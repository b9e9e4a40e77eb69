package org.carbomt.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.emissions.hours.HourAssembler;
import org.carbomt.emissions.hours.HourOutcome;
import org.carbomt.emissions.part75.Part75RuleBook;
import org.carbomt.field.journal.SegmentedJournal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight months of a unit as EPA published them, and a week of minutes of a stack, sent in any order and in pieces: Spark's hours are the container's, bit by bit. */
class SparkHoursTest {
    private static final String VERSION = "0.1.0";
    private static final Path RECORDING = Path.of("../demo/src/main/resources/data/afton-0001-2020-01-08.csv");
    private static final EmissionSource UNIT = new EmissionSource("unit", "site", "unit", "part75", "G-4", Map.of("heatInput", ref("plant", "heatInput"), "operatingTime", ref("plant", "operatingTime"), "load", ref("plant", "load")), Map.of("Fc", new BigDecimal("1040")), "o", Optional.empty());
    private static final EmissionSource STACK = new EmissionSource("stack", "site", "stack", "part75", "F-11-wet", Map.of("co2", ref("stack", "co2"), "flow", ref("stack", "flow")), Map.of(), "o", Optional.of(Instant.parse("2020-05-01T03:00:00Z")));
    @TempDir
    static Path folder;
    private static SparkSession spark;
    private static SegmentedJournal journal;

    private static EmissionSource.ChannelRef ref(String device, String channel) {
        return new EmissionSource.ChannelRef(device, channel);
    }

    @BeforeAll
    static void fill() throws Exception {
        journal = new SegmentedJournal(folder.resolve("journal"), 1 << 20, 64 << 20);
        var entries = new ArrayList<Entry>();
        var unit = List.of(new Channel("heatInput", "[mmBtu]", Grade.MEASURED), new Channel("load", "MW", Grade.MEASURED), new Channel("operatingTime", "h", Grade.MEASURED));
        for (var line : Files.readAllLines(RECORDING).subList(1, Files.readAllLines(RECORDING).size())) {
            var f = line.split(",", -1);
            long time = LocalDate.parse(f[0], DateTimeFormatter.ofPattern("MM-dd-yyyy", Locale.ROOT)).atTime(Integer.parseInt(f[1]), 0).toInstant(ZoneOffset.ofHours(-7)).toEpochMilli();
            entries.add(entry("plant", true, ReadingBlock.row(unit, time, number(f[6]), number(f[3]), number(f[2]))));
        }
        var random = new Random(20261125);
        var stack = List.of(new Channel("co2", "%", Grade.MEASURED), new Channel("flow", "[scf]/h", Grade.MEASURED));
        long start = Instant.parse("2020-05-01T00:00:00Z").toEpochMilli();
        for (int minute = 0; minute < 7 * 1_440; minute += 5) {
            var times = new long[5];
            var values = new double[2][5];
            for (int i = 0; i < 5; i++) {
                times[i] = start + (minute + i) * 60_000L;
                values[0][i] = random.nextInt(50) == 0 ? Double.NaN : Math.round(120 + 20 * random.nextGaussian()) / 10.0;
                values[1][i] = random.nextInt(400) == 0 ? Double.NaN : Math.round(2e7 + 1e6 * random.nextGaussian());
            }
            if (random.nextInt(60) > 0) entries.add(entry("stack", false, new ReadingBlock(stack, times, values)));
        }
        java.util.Collections.shuffle(entries, random);
        for (int i = 0; i < entries.size(); i += 500) journal.append(entries.subList(i, Math.min(entries.size(), i + 500))).join();
        spark = SparkHours.session();
        spark.sparkContext().setLogLevel("WARN");
        assertTrue(JournalExport.write(spark, journal, folder.resolve("parquet").toString()) > 30_000);
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static Entry entry(String device, boolean whole, ReadingBlock block) {
        return new Entry(device, "http", "p@1", Hash.sha256(new byte[0]), whole, OptionalLong.empty(), Instant.EPOCH, "x".getBytes(StandardCharsets.US_ASCII), block);
    }

    @AfterAll
    static void stop() {
        spark.stop();
        journal.close();
    }

    /** As the container does: every hour from the entries of its devices, in order of sequence. */
    private static Map<String, String> container(EmissionSource source) {
        var stored = new ArrayList<StoredEntry>();
        for (long next = 0; next < journal.nextSequence();) {
            var some = ((Journal) journal).read(next, 10_000);
            stored.addAll(some);
            next += some.size();
        }
        var hours = new TreeMap<String, String>();
        new HourAssembler().hours(source, source.accountingFrom().orElse(Instant.EPOCH), Instant.parse("2030-01-01T00:00:00Z"), stored.stream().map(StoredEntry::entry).toList())
                .forEach((start, hour) -> hours.put(start.toString(), canonical(HourOutcome.of(new Part75RuleBook(VERSION), hour.input(), hour.entries().stream().map(stored::get).toList()))));
        return hours;
    }

    private static String canonical(HourlyRecord record) {
        return new String(CanonicalJson.bytes(record.canonical()), StandardCharsets.UTF_8);
    }

    private static Map<String, String> onSpark(EmissionSource source) throws Exception {
        var hours = new TreeMap<String, String>();
        for (var json : HourJob.hours(spark.read().schema(JournalExport.SCHEMA).parquet(folder.resolve("parquet").toString()), source, VERSION).collectAsList()) hours.put(new ObjectMapper().readTree(json).get("hour").asText(), json);
        return hours;
    }

    @Test
    void theHoursOfAUnitAreTheContainersBitByBit() throws Exception {
        var expected = container(UNIT);
        assertTrue(expected.size() > 5_000, expected.size() + " hours");
        assertEquals(expected, onSpark(UNIT));
    }

    @Test
    void theHoursOfMinutesThatCameInAnyOrderAreTheContainersBitByBit() throws Exception {
        var expected = container(STACK);
        assertEquals(7 * 24 - 3, expected.size());
        assertTrue(expected.values().stream().anyMatch(h -> h.contains("\"status\":\"MEASURED\"")));
        assertEquals(expected, onSpark(STACK));
    }
}
