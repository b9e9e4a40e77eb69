package org.carbomt.field.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Payload;
import org.carbomt.api.device.Profile;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFileTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");

    static Profile shipped(String name) {
        try (var in = ProfileFileTest.class.getResourceAsStream("/hardware-profiles/" + name + ".yaml")) {
            return ProfileFile.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Decoding decode(Profile profile, byte[] bytes, String type) {
        return profile.decode(new Payload(bytes, type, OptionalInt.empty(), Optional.empty(), RECEIVED));
    }

    private static ReadingBlock rows(Profile profile, String text) {
        var decoding = decode(profile, text.getBytes(StandardCharsets.UTF_8), "");
        return assertInstanceOf(Decoding.Decoded.class, decoding, () -> decoding.toString()).block();
    }

    private static Problem problem(Profile profile, String text) {
        return assertInstanceOf(Decoding.Undecodable.class, decode(profile, text.getBytes(StandardCharsets.UTF_8), "")).problem();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsys-ers-co2", "milesight-em500-co2", "mq-board", "stack-analyser", "plant-data-system"})
    void aShippedProfileLoadsAndItsExamplesHold(String name) {
        assertEquals(name, shipped(name).id());
    }

    @Test
    void aMetalOxideSensorIsIndicativeOnly() {
        assertTrue(shipped("mq-board").channels().stream().allMatch(c -> c.grade() == Grade.INDICATIVE));
    }

    @Test
    void elsysValuesHaveNoBinaryDust() {
        var block = assertInstanceOf(Decoding.Decoded.class, decode(shipped("elsys-ers-co2"), HexFormat.of().parseHex("0100E202290400270506060308"), "application/octet-stream")).block();
        assertEquals(22.6, block.column("temperature")[0]);
        assertEquals(776, block.column("co2")[0]);
        assertEquals(RECEIVED.toEpochMilli(), block.timesMillis()[0]);
    }

    @Test
    void objectArrayLinesAndCsvAreTheSameReadings() {
        var profile = shipped("stack-analyser");
        var array = rows(profile, "[{\"time\":1583038800000,\"co2\":11.2,\"flow\":25000000},{\"time\":\"2020-03-01T05:01:00Z\",\"co2\":11.3}]");
        var lines = rows(profile, "{\"time\":1583038800000,\"co2\":11.2,\"flow\":25000000}\n{\"time\":\"2020-03-01T05:01:00Z\",\"co2\":11.3}\n");
        var csv = rows(profile, "time,co2,flow\r\n2020-03-01T05:00:00Z,11.2,25000000\r\n2020-03-01T05:01:00Z,11.3,\r\n");
        for (var block : new ReadingBlock[] {array, lines, csv}) {
            assertArrayEquals(new long[] {1583038800000L, 1583038860000L}, block.timesMillis());
            assertArrayEquals(new double[] {11.2, 11.3}, block.column("co2"));
            assertArrayEquals(new double[] {25000000, Double.NaN}, block.column("flow"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"time\":1583038800000,\"co2\":11.2          | payload.malformed  | payload",
        "{\"time\":1583038800000,\"co2\":NaN}          | payload.malformed  | payload",
        "{\"time\":1583038800000,\"co2\":\"NaN\"}      | value.malformed    | co2",
        "{\"time\":1583038800000,\"co2\":1e999}        | value.malformed    | co2",
        "{\"time\":1583038800000,\"co2\":\"11.2\"}     | value.malformed    | co2",
        "{\"time\":1583038800000,\"co2\":true}         | value.malformed    | co2",
        "{\"time\":1583038800000,\"co2\":26}           | value.out-of-range | co2",
        "{\"time\":1583038800000,\"co3\":11}           | field.unknown      | co3",
        "{\"time\":1583038800000,\"co2\":1,\"co2\":2}  | field.duplicate    | co2",
        "{\"time\":\"yesterday\",\"co2\":11}           | time.malformed     | time",
        "{\"time\":1.5,\"co2\":11}                     | time.malformed     | time",
        "{\"time\":99999999999999999999,\"co2\":11}    | time.malformed     | time",
        "{\"time\":1583038800000,\"co2\":11,\"units\":{\"co2\":\"mol\"}} | unit.wrong | co2",
        "{\"time\":1583038800000}                      | payload.no-readings | row",
        "[{\"time\":1583038800000,\"co2\":11},7]       | payload.malformed  | row 2",
        "[{\"time\":1583038800000,\"co2\":11},{\"co2\":99}] | value.out-of-range | row 2: co2",
        "7                                             | field.unknown      | line 1",
        "[]                                            | payload.no-readings | payload",
    })
    void aBadMessageIsRefusedWithItsPlace(String text, String code, String field) {
        var problem = problem(shipped("stack-analyser"), text);
        assertEquals(code, problem.code(), problem::sentence);
        assertEquals(field, problem.field(), problem::sentence);
        assertTrue(!problem.expected().isEmpty());
    }

    @Test
    void aUnitTheProfileKnowsIsConverted() {
        assertEquals(11.2, rows(shipped("stack-analyser"), "{\"time\":1583038800000,\"co2\":112000,\"units\":{\"co2\":\"ppm\"}}").column("co2")[0], 1e-12);
    }

    @Test
    void aMisplacedCellNamesItsLine() {
        assertEquals("line 3: co2", problem(shipped("stack-analyser"), "time,co2\n2020-03-01T05:00:00Z,11.2\n2020-03-01T05:01:00Z,x\n").field());
        assertEquals("line 2", problem(shipped("stack-analyser"), "time,co2\n2020-03-01T05:00:00Z,11.2,3\n").field());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "  - {name: co2, unit: ppm, grade: MEASURED, min: 0, max: 10000} |  - {name: co2, unit: ppm, grade: GOOD, min: 0, max: 10000} | channels",
        "version: 1.0.0 | version: one | version",
        "maker: Elsys | colour: red | colour",
        "{id: \"06\", length: 2, values: [{channel: co2}]} | {id: \"06\", length: 2, values: [{channel: co3}]} | payload.types.06",
        "{id: \"06\", length: 2, values: [{channel: co2}]} | {id: \"07\", length: 2, values: [{channel: co2}]} | payload.types.07",
        "co2: 776 | co2: 777 | examples[0].co2",
        "id: elsys-ers-co2 | id: [ | file",
    })
    void aBadFileIsRefusedWithItsPlace(String good, String bad, String place) throws IOException {
        String text;
        try (var in = getClass().getResourceAsStream("/hardware-profiles/elsys-ers-co2.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertTrue(text.contains(good.strip()));
        var changed = text.replace(good.strip(), bad.strip()).getBytes(StandardCharsets.UTF_8);
        var problem = assertThrows(CarboException.Invalid.class, () -> ProfileFile.parse(changed)).problem();
        assertTrue(problem.field().startsWith(place), problem::sentence);
    }

    @Test
    void aFolderFollowsItsFilesAndABadEditChangesNothing(@TempDir Path folder) throws Exception {
        var file = folder.resolve("a.yaml");
        byte[] good;
        try (var in = getClass().getResourceAsStream("/hardware-profiles/elsys-ers-co2.yaml")) {
            good = in.readAllBytes();
        }
        Files.write(file, good);
        var profiles = new HardwareProfiles(folder, 20);
        try {
            assertEquals("1.0.0", profiles.find("elsys-ers-co2").orElseThrow().version());
            Files.writeString(file, new String(good, StandardCharsets.UTF_8).replace("version: 1.0.0", "version: broken"));
            await(() -> profiles.rejected().containsKey("a.yaml"));
            assertEquals("1.0.0", profiles.find("elsys-ers-co2").orElseThrow().version());
            Files.writeString(file, new String(good, StandardCharsets.UTF_8).replace("version: 1.0.0", "version: 1.10.0"));
            await(() -> profiles.find("elsys-ers-co2").orElseThrow().version().equals("1.10.0") && profiles.rejected().isEmpty());
            Files.delete(file);
            await(() -> profiles.all().isEmpty());
        } finally {
            profiles.close();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) Thread.sleep(10);
        assertTrue(condition.getAsBoolean());
    }

    @Property(tries = 500)
    void noBytesMakeADecoderThrow(@ForAll @Size(max = 64) byte[] bytes) {
        for (var name : new String[] {"elsys-ers-co2", "milesight-em500-co2", "stack-analyser", "plant-data-system"}) {
            var decoding = decode(ALL.get(name), bytes, "");
            if (decoding instanceof Decoding.Decoded d) assertTrue(d.block().rows() > 0);
        }
    }

    private static final java.util.Map<String, Profile> ALL = java.util.stream.Stream.of("elsys-ers-co2", "milesight-em500-co2", "stack-analyser", "plant-data-system")
            .collect(java.util.stream.Collectors.toMap(n -> n, ProfileFileTest::shipped));

    @Property(tries = 1000)
    void decimalTextReadsWhatJavaReads(@ForAll @DoubleRange(min = -1e12, max = 1e12) double value) {
        var text = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
        assertEquals(value, DecimalText.parse(text, 0, text.length));
    }
}
