package org.carbomt.tool.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeCommandTest {
    /** The vendor's example in the LoRaWAN device repository. */
    private static final String ELSYS = "0100E202290400270506060308";
    private static final String AT = "2026-03-01T05:00:00Z";
    @TempDir
    private Path folder;

    private static Run decode(byte[] in, String profile, String... args) {
        var all = new ArrayList<>(List.of("decode", profile, "--profiles", Run.profiles(), "--at", AT));
        all.addAll(List.of(args));
        return Run.of(in, all.toArray(String[]::new));
    }

    private static Run decode(String profile, String... args) {
        return decode(new byte[0], profile, args);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void decodesTheVendorsExampleInEveryFormat() {
        assertEquals("time,co2,temperature,humidity,light,motion,battery\n" + AT + ",776,22.6,41,39,6,\n", decode("elsys-ers-co2", "--hex", ELSYS, "--port", "1", "--format", "csv").out());
        assertEquals("{\"payload\":\"--hex\",\"profile\":\"elsys-ers-co2@1.0.0\",\"units\":{\"co2\":\"ppm\",\"temperature\":\"Cel\",\"humidity\":\"%\",\"light\":\"lx\",\"motion\":\"1\"},"
                + "\"grades\":{\"co2\":\"MEASURED\",\"temperature\":\"MEASURED\",\"humidity\":\"MEASURED\",\"light\":\"MEASURED\",\"motion\":\"MEASURED\"},"
                + "\"readings\":[{\"time\":\"" + AT + "\",\"co2\":776,\"temperature\":22.6,\"humidity\":41,\"light\":39,\"motion\":6}]}\n", decode("elsys-ers-co2", "--hex", ELSYS, "--format", "json").out());
        var table = decode("elsys-ers-co2", "--hex", ELSYS).out().lines().toList();
        assertTrue(table.get(0).startsWith("time ") && table.get(0).contains("temperature Cel"), table.toString());
        assertEquals(table.get(0).indexOf("temperature Cel"), table.get(1).indexOf("22.6"));
    }

    @Test
    void readsHexadecimalBase64AndBytesAlike() throws Exception {
        var expected = decode("elsys-ers-co2", "--hex", ELSYS, "--format", "csv").out();
        assertEquals(expected, decode("elsys-ers-co2", "--hex", "0x01 00 e2 02 29 04 00 27 05 06 06 03 08", "--format", "csv").out());
        assertEquals(expected, decode("elsys-ers-co2", "--base64", "AQDiAikEACcFBgYDCA==", "--format", "csv").out());
        assertEquals(expected, decode(HexFormat.of().parseHex(ELSYS), "elsys-ers-co2", "--format", "csv", "-").out());
        assertEquals(expected, decode("elsys-ers-co2", "--format", "csv", "--lines", file("a.txt", "\n" + ELSYS + "\r\n")).out());
        assertEquals(expected, decode("elsys-ers-co2", "--format", "csv", "--encoding", "hex", file("b.txt", ELSYS + "\n")).out());
    }

    @Test
    void takesAProfileFileInsteadOfAnId() {
        assertEquals(Exit.OK, Run.of("decode", Run.resource("hardware-profiles/elsys-ers-co2.yaml"), "--hex", ELSYS).code());
    }

    @Test
    void aRefusedPayloadDoesNotKeepTheOthersFromBeingDecoded() throws Exception {
        var run = decode("elsys-ers-co2", "--lines", "--format", "json", file("p.hex", ELSYS + "\n0100\n0100E\nxyz\n01FFF6070E2C"));
        assertEquals(Exit.REFUSED, run.code());
        var lines = run.out().lines().toList();
        assertEquals(5, lines.size());
        assertTrue(lines.get(4).contains("\"temperature\":-1,\"battery\":3.628"), run.out());
        assertTrue(lines.get(1).contains("\"refused\":{\"code\":\"payload.truncated\",\"field\":\"type at byte 0\",\"value\":\"2 bytes left\",\"expected\":\"3 bytes\"}"), run.out());
        var errors = run.err().lines().toList();
        assertEquals(3, errors.size());
        assertTrue(errors.get(0).matches("carbomt: .*p\\.hex, line 2: payload\\.truncated: .*"), run.err());
        assertTrue(errors.get(1).contains("line 3: payload.malformed: payload = 5 hexadecimal digits; expected two for each byte"), run.err());
        assertTrue(errors.get(2).contains("line 4: payload.malformed: payload = 'x' at place 1"), run.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"time\":1583038800000,\"co2\":11.2      | payload.malformed: payload = Unexpected end-of-input",
        "{\"time\":1583038800000,\"co2\":NaN}      | payload.malformed: payload = Non-standard token 'NaN'",
        "{\"time\":1583038800000,\"co2\":\"NaN\"}  | value.malformed: co2 = NaN; expected a finite number",
        "{\"time\":1583038800000,\"co2\":11,\"units\":{\"co2\":\"mol\"}} | unit.wrong: co2 = mol; expected % or ppm",
        "{\"time\":1583038800000,\"co3\":11}       | field.unknown: co3 = 11; expected one of time, co2, flow",
        "{\"time\":\"yesterday\",\"co2\":11}       | time.malformed: time = yesterday; expected ISO 8601",
        "{\"time\":1583038800000,\"co2\":26}       | value.out-of-range: co2 = 26; expected 0 to 25 %",
    })
    void aBadTextIsRefusedWithTheProfilesReason(String text, String reason) {
        var run = decode("stack-analyser", "--text", text);
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.err().startsWith("carbomt: --text: " + reason), run.err());
        assertEquals("", run.out());
    }

    @Test
    void aWrongPortIsRefused() {
        var run = decode("milesight-em500-co2", "--port", "5", "--hex", "01755C03673401046865057D670406736827");
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.err().contains("port.wrong: fPort = 5; expected port 85"), run.err());
    }

    @Test
    void hexadecimalTextTakenForBytesIsExplained() throws Exception {
        var run = decode("elsys-ers-co2", file("p.hex", ELSYS));
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.err().contains("say --encoding hex"), run.err());
    }

    @Test
    void anEmptyFileIsNoMessage() throws Exception {
        var run = decode("stack-analyser", file("empty", ""));
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.err().contains("payload.empty"), run.err());
    }

    @Test
    void aMissingFileIsToldFromABadOne() {
        var run = decode("stack-analyser", folder.resolve("absent.csv").toString());
        assertEquals(Exit.UNREADABLE, run.code());
        assertTrue(run.err().contains("absent.csv: cannot be read: there is no such file"), run.err());
        assertEquals(Exit.UNREADABLE, Run.of("decode", "x", "--profiles", folder.resolve("none").toString(), "--hex", "00").code());
        var unknown = decode("elsys", "--hex", "00");
        assertEquals(Exit.USAGE, unknown.code());
        assertTrue(unknown.err().contains("one of elsys-ers-co2, milesight-em500-co2"), unknown.err());
    }

    // 100,000 recorded minutes, told over and over
    @Test
    void readsManyLinesOneAfterTheOther() {
        var rows = Run.text("data/indoor-co2.csv").lines().skip(1).map(l -> l.split(",")).map(c -> "{\"co2Estimate\":" + c[5] + ",\"temperature\":" + c[2] + ",\"humidity\":" + c[3] + "}\n").toList();
        var text = String.join("", rows).repeat(100_000 / rows.size() + 1);
        var run = decode(text.getBytes(StandardCharsets.UTF_8), "mq-board", "--lines", "--format", "csv", "-");
        assertEquals(Exit.OK, run.code(), run.err());
        assertEquals(text.lines().count() + 1, run.out().lines().count());
        assertTrue(run.out().lines().skip(1).findFirst().orElseThrow().endsWith(",749.2,,23.7,26.272"), run.out().substring(0, 200));
    }
}
