package org.carbomt.emissions.part75;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.reading.Grade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Part75RuleBookTest {
    private static final long EVERY_MINUTE = (1L << 60) - 1;
    private final Part75RuleBook rules = new Part75RuleBook("1.0.0");

    private static ChannelHour channel(double mean, long minutes) {
        return new ChannelHour("x", Grade.MEASURED, minutes == 0 ? 0 : Long.bitCount(minutes), minutes, false, mean, mean, mean);
    }

    private static HourInput hour(String method, Map<String, BigDecimal> parameters, Map<String, ChannelHour> channels) {
        var inputs = new HashMap<String, EmissionSource.ChannelRef>();
        channels.keySet().forEach(role -> inputs.put(role, new EmissionSource.ChannelRef("d", role)));
        return new HourInput(new EmissionSource("s", "site", "S", "part75", method, inputs, parameters, "op", Optional.empty()), Instant.parse("2020-03-01T05:00:00Z"), channels);
    }

    private HourResult.Mass mass(String method, Map<String, ChannelHour> channels) {
        return assertInstanceOf(HourResult.Mass.class, rules.compute(hour(method, Map.of(), channels)));
    }

    // App. F Eq. F-11 (ECMPS HOURCV-19)
    @ParameterizedTest
    @CsvSource({"12.0, 25000000, 171.0", "11.4, 21345000, 138.7", "10.0, 25000000, 142.5"})
    void computesWetMassFromConcentrationAndFlow(double co2, double flow, String tons) {
        assertEquals(new BigDecimal(tons), mass("F-11-wet", Map.of("co2", channel(co2, EVERY_MINUTE), "flow", channel(flow, EVERY_MINUTE))).massShortTons());
    }

    // F-11 dry: 12.0 %, 25,000,000 scfh, 8.0 % H2O -> 157.32 -> 157.3
    @Test
    void correctsADryAnalyserForMoisture() {
        assertEquals(new BigDecimal("157.3"), mass("F-11-dry", Map.of("co2", channel(12, EVERY_MINUTE), "flow", channel(25e6, EVERY_MINUTE), "h2o", channel(8, EVERY_MINUTE))).massShortTons());
    }

    // F-12: 171.0 x 1.00 + 157.3 x 0.50 = 249.65
    @Test
    void takesThePartOfTheHourThatRan() {
        var half = mass("F-11-dry", Map.of("co2", channel(12, EVERY_MINUTE), "flow", channel(25e6, EVERY_MINUTE), "h2o", channel(8, EVERY_MINUTE), "operatingTime", channel(0.5, 1)));
        assertEquals(0, new BigDecimal("78.65").compareTo(half.massShortTons()));
    }

    // App. G Eq. G-4: HI 1500.0, Fc 1040 -> 89.142857 -> 89.1 (ECMPS HOURAD-39)
    @Test
    void computesMassFromHeatInput() {
        assertEquals(new BigDecimal("89.1"), mass("G-4", Map.of("heatInput", channel(1500, 1))).massShortTons());
    }

    // only flow is biased: ORIS 58054, factor 1.063, reported to 1,000 scfh
    @Test
    void biasesTheFlowAndRoundsItToThousand() {
        var result = (HourResult.Mass) rules.compute(hour("F-11-wet", Map.of("flowBias", new BigDecimal("1.063")), Map.of("co2", channel(10, EVERY_MINUTE), "flow", channel(11_665_000, EVERY_MINUTE))));
        assertEquals(new BigDecimal("12400000"), result.steps().get("flowScfh"));
    }

    // EPA's own hours: every one of 8,235 full and 281 partial hours of two gas units, to the last digit
    @Test
    void givesEpasOwnCo2ForEveryHourOfTheGasUnits() throws Exception {
        int full = 0;
        int partial = 0;
        try (var in = new BufferedReader(new InputStreamReader(new GZIPInputStream(getClass().getResourceAsStream("/epa-gas-units-2020-01-08.csv.gz"))))) {
            in.readLine();
            for (String line; (line = in.readLine()) != null;) {
                var f = line.split(",", -1);
                if (f[7].isEmpty() || f[5].isEmpty()) continue;
                var result = mass("G-4", Map.of("heatInput", channel(Double.parseDouble(f[7]), 1), "operatingTime", channel(Double.parseDouble(f[3]), 1), "load", channel(Double.parseDouble(f[4]), 1)));
                assertEquals(0, new BigDecimal(f[5]).compareTo(result.massShortTons()), line + " gave " + result.massShortTons());
                if (f[3].equals("1")) full++;
                else partial++;
            }
        }
        assertEquals(8_235, full);
        assertTrue(partial > 270, "partial hours: " + partial);
    }

    // §75.10(d) (RULES 3.1): quadrants with fuel / with data / quality assurance
    @ParameterizedTest
    @CsvSource({"4, '0 15 30 45', false, true", "4, '0 15 30', false, false", "4, '5 20', true, true", "4, '5 15', true, false", "1, '3', false, true", "2, '3 20', false, true", "3, '3 20', false, false", "4, '5 20', false, false", "1, '59', true, true", "4, '0 14', true, false", "4, '0 15', true, true"})
    void knowsAValidHour(int quadrants, String minutes, boolean qualityAssurance, boolean valid) {
        long mask = 0;
        for (var m : minutes.split(" ")) mask |= 1L << Integer.parseInt(m);
        assertEquals(valid, ValidHour.PART_75.holds(mask, quadrants, qualityAssurance));
    }

    private String missing(String method, Map<String, ChannelHour> channels) {
        return assertInstanceOf(HourResult.Missing.class, rules.compute(hour(method, Map.of(), channels))).reason();
    }

    // rule 12 of the house: no data never reads as zero
    @Test
    void saysWhyAnHourIsMissing() {
        assertEquals("no-data", missing("F-11-wet", Map.of()));
        assertEquals("input-missing:flow", missing("F-11-wet", Map.of("co2", channel(12, EVERY_MINUTE))));
        assertEquals("too-few-quadrants:co2", missing("F-11-wet", Map.of("co2", channel(12, 0x7fff), "flow", channel(25e6, EVERY_MINUTE))));
        assertEquals("out-of-range:co2", missing("F-11-wet", Map.of("co2", channel(-1, EVERY_MINUTE), "flow", channel(25e6, EVERY_MINUTE))));
        assertEquals("out-of-range:operatingTime", missing("G-4", Map.of("heatInput", channel(10, 1), "operatingTime", channel(1.2, 1))));
        assertEquals("input-missing:heatInput", missing("G-4", Map.of("operatingTime", channel(1, 1))));
    }

    @Test
    void aUnitThatDidNotRunIsAMeasuredZeroAndNotAGap() {
        assertInstanceOf(HourResult.Idle.class, rules.compute(hour("G-4", Map.of(), Map.of("operatingTime", channel(0, 1)))));
    }

    @Test
    void marksSubstitutedHoursAndDoublesTheirUncertainty() {
        var measured = mass("G-4", Map.of("heatInput", channel(1500, 1), "flag", channel(1, 1)));
        var substituted = mass("G-4", Map.of("heatInput", channel(1500, 1), "flag", channel(2, 1)));
        assertTrue(substituted.substituted() && !measured.substituted());
        assertEquals(new BigDecimal("2.7"), measured.uncertaintyPercent());
        assertEquals(new BigDecimal("5.4"), substituted.uncertaintyPercent());
    }

    @Test
    void refusesAMethodItDoesNotKnow() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> rules.compute(hour("F-99", Map.of(), Map.of()))).getMessage().contains("F-99"));
    }

    // 2.45 -> 2.5 and -2.45 -> -2.5
    @Test
    void roundsHalfAwayFromZero() {
        assertEquals(new BigDecimal("2.5"), Rounding.to(new BigDecimal("2.45"), 1));
        assertEquals(new BigDecimal("-2.5"), Rounding.to(new BigDecimal("-2.45"), 1));
    }

    @Property(tries = 500)
    void roundingMovesAValueByAtMostHalfADigit(@ForAll @BigRange(min = "-1000000", max = "1000000") BigDecimal value) {
        assertTrue(Rounding.to(value, 1).subtract(value).abs().compareTo(new BigDecimal("0.05")) <= 0);
        assertEquals(Rounding.to(value.negate(), 1), Rounding.to(value, 1).negate());
    }
}
