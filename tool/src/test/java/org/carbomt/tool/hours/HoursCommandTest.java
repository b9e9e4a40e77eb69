package org.carbomt.tool.hours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursCommandTest {
    /** How EPA's own file of Afton 0001 is read. */
    private static final String[] EPA = {"--column", "time=OP_DATE+OP_HOUR", "--time-format", "MM-dd-yyyy H", "--utc-offset", "-07:00", "--column", "heatInput=HEAT_INPUT (mmBtu)", "--column", "operatingTime=OP_TIME", "--column",
        "load=GLOAD (MW)", "--column", "flag=CO2_MASS_MEASURE_FLG", "--column", "co2Mass=CO2_MASS (tons)", "--compare", "co2Mass"};
    private static final String AFTON = Run.resource("data/afton-0001-2020-01-08.csv");
    @TempDir
    private Path folder;

    private static Run hours(String in, String... args) {
        var all = new ArrayList<>(List.of("hours"));
        all.addAll(List.of(args));
        return Run.of(in.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    private static Run epa(String... more) {
        var args = new ArrayList<>(List.of("--method", "G-4", "--fc", "1040"));
        args.addAll(List.of(EPA));
        args.addAll(List.of(more));
        return hours("", args.toArray(String[]::new));
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static List<String[]> rows(Run run) {
        assertEquals(Exit.OK, run.code(), run.err());
        return run.out().lines().skip(1).map(l -> l.replaceAll("\"[^\"]*\"", "").split(",", -1)).toList();
    }

    // Every hour of eight months, the partial and the substituted ones too, out of EPA's own file.
    @Test
    void givesEpasOwnCo2OfAGasUnitToTheLastDigit() {
        var run = epa(AFTON);
        assertEquals(Exit.OK, run.code(), run.err());
        assertTrue(run.out().endsWith("5856 hours: 3691 measured, 1 substituted, 2164 idle, 0 missing\n277815.636 short tons CO2 = 252030.106 t\n3692 of 3692 reported hours agree to the last digit\n"), run.out().substring(run.out().length() - 300));
    }

    // The other gas unit, its 281 partial hours among them, by the plant's profile: each mass beside EPA's, with nothing of the tool between.
    @Test
    void givesEpasOwnCo2ByTheProfileOfThePlant() throws Exception {
        var readings = new StringBuilder("time,heatInput,operatingTime,co2Flag\n");
        var expected = new ArrayList<String>();
        try (var in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(Path.of(Run.resource("data/epa-gas-units-2020-01-08.csv.gz"))))))) {
            for (String line; (line = in.readLine()) != null;) {
                var f = line.split(",", -1);
                if (f[0].equals("unit") || f[0].equals("afton-0001") || f[5].isEmpty() || f[7].isEmpty()) continue;
                var d = f[1].split("-");
                readings.append("%s-%s-%sT%02d:00:00-07:00,%s,%s,%s\n".formatted(d[2], d[0], d[1], Integer.parseInt(f[2]), f[7], f[3], f[6]));
                expected.add(f[5]);
            }
        }
        assertTrue(expected.size() > 4_000);
        var run = hours(readings.toString(), "--method", "G-4", "--profile", "plant-data-system", "--profiles", Run.profiles(), "--input", "flag=co2Flag", "--format", "csv", "-");
        var masses = rows(run).stream().filter(r -> !r[1].equals("MISSING")).map(r -> new BigDecimal(r[2])).toList();
        assertEquals(expected.size(), masses.size());
        for (int i = 0; i < masses.size(); i++) assertEquals(0, new BigDecimal(expected.get(i)).compareTo(masses.get(i)), "hour " + i + ": " + masses.get(i));
    }

    @Test
    void anHourThatDiffersFromTheReportedOneIsFound() throws Exception {
        var text = Run.text("data/afton-0001-2020-01-08.csv").replace("01-01-2020,1,1,192,83.2,", "01-01-2020,1,1,192,83.3,");
        var run = epa(file("changed.csv", text));
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.out().contains("3691 of 3692 reported hours agree"), run.err());
        assertTrue(run.out().lines().anyMatch(l -> l.startsWith("2020-01-01T08:00:00Z  MEASURED     83.2") && l.contains("83.3") && l.contains("NO")));
    }

    @Test
    void explainsAnHourStepByStep() {
        var run = epa(AFTON, "--explain", "2020-01-01T07:00:00Z");
        assertEquals(Exit.OK, run.code(), run.err());
        assertTrue(run.out().startsWith("2020-01-01T07:00:00Z  readings: MEASURED, 75.8 short tons CO2 (68.764603 t), ± 2.7 % (k = 2), grade MEASURED\n"), run.out());
        for (var line : List.of("step  heatInputRateMmbtuPerHour = 1275.6", "step  fcScfPerMmbtu = 1040", "step  co2MassShortTons = 75.8", "reported  75.8 short tons: agrees")) assertTrue(run.out().contains(line), run.out());
        var json = epa(AFTON, "--explain", "2020-01-01T07:00:00Z", "--format", "json").out();
        assertTrue(json.contains("\"heatInput\":{\"device\":\"readings\",\"channel\":\"heatInput\",\"readings\":1,\"minutes\":1,\"quarters\":1,\"wholeHour\":false,\"mean\":1275.6"), json);
    }

    @Test
    void fromAndToBoundTheHours() {
        var rows = rows(epa(AFTON, "--from", "2020-01-01T08:00:00Z", "--to", "2020-01-01T10:00:00Z", "--format", "csv"));
        assertEquals(List.of("2020-01-01T08:00:00Z 83.2", "2020-01-01T09:00:00Z 86.8"), rows.stream().map(r -> r[0] + " " + r[2]).toList());
        var beyond = epa(AFTON, "--from", "2021-01-01T08:00:00Z");
        assertEquals(Exit.REFUSED, beyond.code());
        assertTrue(beyond.err().contains("no readings in the span"), beyond.err());
        // Within a span that was asked for, hours without readings are named.
        assertEquals("MISSING", rows(epa(AFTON, "--from", "2021-01-01T08:00:00Z", "--to", "2021-01-01T09:00:00Z", "--format", "csv")).get(0)[1]);
    }

    // App. F Eq. F-11 (ECMPS HOURCV-19): 5.7e-7 x 12.0 x 25,000,000 = 171.0; dry at 8.0 % H2O: 157.3
    @Test
    void computesAStackFromMinutes() {
        var minutes = new StringBuilder("time,co2,flow,h2o\n");
        for (int m = 0; m < 60; m += 5) minutes.append("2020-03-01T05:%02d:00Z,12.0,25000000,8.0\n".formatted(m));
        assertEquals("171.0", rows(hours(minutes.toString(), "--method", "F-11-wet", "--format", "csv", "--column", "time=time", "--column", "co2=co2", "--column", "flow=flow", "-")).get(0)[2]);
        assertEquals("157.3", rows(hours(minutes.toString(), "--method", "F-11-dry", "--format", "csv", "-")).get(0)[2]);
        assertEquals("157.3", rows(hours(minutes.toString(), "--method", "F-11-dry", "--profile", Run.profiles() + "/stack-analyser.yaml", "--format", "csv", "-")).get(0)[2]);
        var quarter = hours(minutes.substring(0, minutes.indexOf("2020-03-01T05:45")), "--method", "F-11-dry", "--format", "csv", "-");
        assertTrue(quarter.out().contains("MISSING") && quarter.out().contains("too-few-quadrants:co2"), quarter.out());
        assertEquals("157.3", rows(hours(minutes.substring(0, minutes.indexOf("2020-03-01T05:05")), "--method", "F-11-dry", "--whole-hour", "--format", "csv", "-")).get(0)[2]);
    }

    @Test
    void aGapIsMissingAndNeverZero() {
        var run = hours("{\"time\":\"2020-01-01T07:00:00Z\",\"heatInput\":1275.6}\n{\"time\":\"2020-01-01T09:00:00Z\",\"heatInput\":1399.2}\n", "--method", "G-4", "--format", "json", "-");
        assertEquals(Exit.OK, run.code(), run.err());
        assertTrue(run.out().contains("{\"hour\":\"2020-01-01T08:00:00Z\",\"status\":\"MISSING\",\"massShortTons\":null,\"uncertaintyPercent\":null,\"grade\":\"MEASURED\",\"clause\":\"40 CFR 75 App. G, Eq. G-4\",\"reason\":\"no-data\",\"steps\":{}}"), run.out());
        assertTrue(run.out().contains("\"totals\":{\"hours\":3,\"measured\":2,\"substituted\":0,\"idle\":0,\"missing\":1,\"massShortTons\":159.0,\"massTonnes\":144.242373"), run.out());
    }

    /** The form of the API, with channels of two devices, readings in two files. */
    @ParameterizedTest
    @ValueSource(strings = {"id: stack-1\nmethod: F-11-wet\ninputs: {co2: gas/co2, flow: {deviceId: meter, channel: stackFlow}}\nparameters: {flowBias: 1.063}\n",
        "{\"id\":\"stack-1\",\"siteId\":\"s\",\"name\":\"S\",\"ruleBook\":\"part75\",\"method\":\"F-11-wet\",\"inputs\":{\"co2\":{\"deviceId\":\"gas\",\"channel\":\"co2\"},\"flow\":{\"deviceId\":\"meter\",\"channel\":\"stackFlow\"}},"
                + "\"parameters\":{\"flowBias\":1.063},\"operatorId\":\"o\",\"accountingFrom\":null,\"newestHour\":null}"})
    void readsASourceOfSeveralDevices(String source) throws Exception {
        var gas = new StringBuilder("time,co2\n");
        var meter = new StringBuilder();
        for (int m = 0; m < 60; m += 15) {
            gas.append("2020-03-01T05:%02d:00Z,10\n".formatted(m));
            meter.append("{\"time\":\"2020-03-01T05:%02d:30Z\",\"stackFlow\":11665000}\n".formatted(m));
        }
        var file = file("source.yaml", source);
        var run = hours("", "--source", file, "gas=" + file("gas.csv", gas.toString()), "meter=" + file("meter.ndjson", meter.toString()), "--explain", "2020-03-01T05:00:00Z");
        assertEquals(Exit.OK, run.code(), run.err());
        // ORIS 58054: factor 1.063, reported to 1,000 scfh
        assertTrue(run.out().contains("step  flowScfh = 12400000"), run.out());
        assertTrue(run.out().contains("stack-1: MEASURED, 70.7 short tons"), run.out());
        var unnamed = hours("", "--source", file, folder.resolve("gas.csv").toString());
        assertEquals(Exit.USAGE, unnamed.code());
        assertTrue(unnamed.err().contains("expected DEVICE=FILE with one of the devices gas, meter"), unnamed.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "id: s\\nmethod: G-9\\ninputs: {heatInput: d/heatInput}      | method = G-9; expected one of F-11-dry, F-11-wet, G-4",
        "id: s\\nmethod: G-4\\ninputs: {load: d/load}                | inputs.heatInput is missing; method G-4 needs it",
        "id: s\\nmethod: G-4\\ninputs: {heatInput: heatInput}        | line 3: source.invalid: inputs.heatInput = heatInput; expected {deviceId: DEVICE, channel: CHANNEL} or DEVICE/CHANNEL",
        "id: s\\ncolour: red\\nmethod: G-4\\ninputs: {heatInput: d/h} | line 2: source.invalid: colour; expected one of id, siteId",
        "id: s\\nmethod: G-4\\ninputs: {heatInput: d/h}\\nparameters: {Fc: many} | line 4: source.invalid: parameters.Fc = many; expected a decimal number",
        "id: s\\nmethod: G-4\\ninputs: {heatInput: d/h}\\nruleBook: eu | ruleBook = eu; expected a rule book of this program: part75",
        "id: s\\nmethod: [                                          | line 2: not YAML or JSON",
        "id: S!\\nmethod: G-4\\ninputs: {heatInput: d/h}             | source id: S!, expected lower-case letters",
        "7                                                         | expected a source with id, siteId",
    })
    void aBadSourceIsRefusedWithItsPlace(String source, String reason) throws Exception {
        var run = hours("time,h\n2020-01-01T07:00:00Z,1\n", "--source", file("source.yaml", source.replace("\\n", "\n")), "-");
        assertEquals(Exit.REFUSED, run.code(), run.err());
        assertTrue(run.err().contains("source.yaml") || run.err().contains("source id"), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "time,heatInput\\n2020-01-01T07:00:00Z,NaN    | stdin, line 2: value.malformed: heatInput = NaN; expected a finite number",
        "time,heatInput\\n2020-01-01T07:00:00Z,1e999  | stdin, line 2: value.malformed: heatInput = 1e999; expected a finite number",
        "time,heatInput\\n2020-01-01T07:00:00Z,1,2    | stdin, line 2: payload.malformed: line = 3 cells; expected 2 cells as in the header",
        "time,heatInput\\nyesterday,1                 | stdin, line 2: time.malformed: time = yesterday; expected ISO 8601",
        "time,heatInput\\n2020-01-01 07:00,1          | stdin, line 2: time.malformed: time = 2020-01-01 07:00; expected ISO 8601 with offset",
        "time,heatinput\\n2020-01-01T07:00:00Z,1      | stdin, line 1: field.unknown: header = heatinput; expected one of time, flag, heatInput, load, operatingTime, qaStatus",
        "heatInput\\n1275.6                           | stdin, line 1: field.missing: time; expected a column of times",
        "time,heatInput\\n                            | stdin: no readings; expected CSV with a header",
        "``                                          | stdin: no readings; expected CSV with a header",
        "{\"time\":\"2020-01-01T07:00:00Z\",\"heatInput\":1,\"units\":{\"heatInput\":\"GJ\"}} | stdin, row 1: unit.wrong: heatInput = GJ; expected [mmBtu]",
        "{\"time\":\"2020-01-01T07:00:00Z\",\"heatInput\":1}\\n{\"heatInput\":2} | stdin, row 2: field.missing: time; expected the time of the reading",
        "{\"time\":\"2020-01-01T07:00:00Z\",\"heatInput\":1}\\n{\"time\":        | stdin: payload.malformed: payload = Unexpected end-of-input",
        "[{\"time\":\"2020-01-01T07:00:00Z\",\"heatInput\":1},                  | stdin: payload.malformed: payload = Unexpected end-of-input",
    })
    void badReadingsAreRefusedWithTheirPlaceAndNothingIsComputed(String readings, String reason) {
        var run = hours(readings.replace("\\n", "\n"), "--method", "G-4", "-");
        assertEquals(Exit.REFUSED, run.code(), run.err());
        assertTrue(run.err().startsWith("carbomt: " + reason), run.err());
        assertTrue(run.err().contains("nothing was computed: 1 refusal"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void whatAFileSaysDoesNotSteerTheTerminal() {
        var run = hours("time,heatInput\n2020-01-01T07:00:00Z,\u001b[2Jx\n", "--method", "G-4", "-");
        assertEquals("carbomt: stdin, line 2: value.malformed: heatInput = \\x1b[2Jx; expected a finite number", run.err().lines().findFirst().orElseThrow());
    }

    @Test
    void everyBadLineIsNamedNotOnlyTheFirst() {
        var text = new StringBuilder("time,heatInput\n");
        for (int i = 0; i < 100; i++) text.append("2020-01-01T%02d:00:00Z,%s\n".formatted(i % 24, i % 40 == 39 ? "bad" + i : "1"));
        var run = hours(text.toString(), "--method", "G-4", "-");
        assertEquals(List.of("carbomt: stdin, line 41: value.malformed: heatInput = bad39; expected a finite number", "carbomt: stdin, line 81: value.malformed: heatInput = bad79; expected a finite number", "carbomt: nothing was computed: 2 refusals"),
                run.err().lines().toList());
    }

    @Test
    void aForeignTableIsReadAsItStands() throws Exception {
        var table = "\ufeffDay;Hour;\"Heat \"\"in\"\"\";Note\n01/02/2020;13;100;\"a; b\nc\"\n\n01/02/2020;14;200;\n";
        var args = new String[] {"--method", "G-4", "--delimiter", ";", "--column", "time=Day+Hour", "--time-format", "dd/MM/uuuu H", "--utc-offset", "+01:00", "--column", "heatInput=Heat \"in\"", "--format", "csv", "-"};
        assertEquals(List.of("2020-02-01T12:00:00Z 5.9", "2020-02-01T13:00:00Z 11.9"), rows(hours(table, args)).stream().map(r -> r[0] + " " + r[2]).toList());
        var bad = hours(table.replace("14;200", "25;200"), args);
        assertEquals(Exit.REFUSED, bad.code());
        assertTrue(bad.err().contains("stdin, line 5: time.malformed: time = 01/02/2020 25; expected the form given by --time-format"), bad.err());
        assertTrue(hours(table.replace(";200", ";x"), args).err().contains("stdin, line 5: value.malformed: heatInput = x"));
        assertTrue(hours(table.replace("Hour", "Stunde"), args).err().contains("line 1: there is no column 'Hour' (for time); expected one of Day, Stunde, Heat \"in\", Note"));
        var open = hours("A,B\n1,\"2", "--method", "G-4", "--column", "time=A", "--column", "heatInput=B", "-");
        assertTrue(open.err().contains("line 2: payload.malformed: an open quotation mark"), open.err());
        var noOffset = hours(table, Arrays.stream(args).filter(a -> !a.equals("--utc-offset") && !a.equals("+01:00")).toArray(String[]::new));
        assertEquals(Exit.USAGE, noOffset.code());
        assertTrue(noOffset.err().contains("carry no offset: give --utc-offset"), noOffset.err());
    }

    @Test
    void decodedReadingsCanBePiped() {
        var minutes = new StringBuilder();
        for (int m = 0; m < 60; m += 15) minutes.append("{\"time\":\"2020-03-01T05:%02d:00Z\",\"co2\":120000,\"flow\":25000000,\"units\":{\"co2\":\"ppm\"}}\n".formatted(m));
        var decoded = Run.of(minutes.toString().getBytes(StandardCharsets.UTF_8), "decode", "stack-analyser", "--profiles", Run.profiles(), "--lines", "--format", "csv", "-");
        assertEquals("171.0", rows(hours(decoded.out(), "--method", "F-11-wet", "--profile", "stack-analyser", "--profiles", Run.profiles(), "--format", "csv", "-")).get(0)[2]);
    }

    @Test
    void readsCompressedFiles() throws Exception {
        var file = folder.resolve("a.csv.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(Files.readAllBytes(Path.of(AFTON)));
        }
        assertEquals(epa(AFTON).out(), epa(file.toString()).out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hours x", "hours --method G-4", "hours --method G-5 x", "hours --method G-4 --source s x", "hours --method G-4 --fc many x", "hours --method G-4 --from 2020-01-01T07:30:00Z x", "hours --method G-4 --input co3=x x",
        "hours --method G-4 --from 2020-01-02T00:00:00Z --to 2020-01-01T00:00:00Z x", "hours --method G-4 --profile d=elsys-ers-co2 x", "hours --method F-11-wet --profile elsys-ers-co2 x", "hours --method G-4 --profile stack-analyser x",
        "hours --method G-4 --column heatInput=H x", "hours --method G-4 --time-format H x", "hours --method G-4 --explain 2020-01-01T07:00:00Z --format csv x", "hours --method G-4 --utc-offset west x", "hours --method G-4 --parameter fc=1040 x"})
    void wrongUsageIsExplained(String args) {
        var all = Arrays.stream(args.split(" ")).collect(Collectors.toCollection(ArrayList::new));
        all.addAll(List.of("--profiles", Run.profiles()));
        var run = Run.of(all.toArray(String[]::new));
        assertEquals(Exit.USAGE, run.code(), run.err());
        assertEquals("", run.out());
    }

    @Test
    void aFileThatCannotBeReadIsToldFromABadOne() {
        var run = hours("", "--method", "G-4", folder.resolve("absent.csv").toString());
        assertEquals(Exit.UNREADABLE, run.code());
        assertTrue(run.err().contains("absent.csv: cannot be read: there is no such file"), run.err());
        assertEquals(Exit.UNREADABLE, hours("", "--method", "G-4", folder.toString()).code());
        assertEquals(Exit.UNREADABLE, hours("", "--source", folder.resolve("absent.yaml").toString(), AFTON).code());
    }
}
