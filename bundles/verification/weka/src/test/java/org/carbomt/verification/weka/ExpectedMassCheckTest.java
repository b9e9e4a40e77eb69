package org.carbomt.verification.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On recorded hours of a gas unit: January to mid-February is the history, what follows is judged. */
class ExpectedMassCheckTest {
    private static final int FROM = 45 * 24;
    private static final int HISTORY = 720;
    private static List<HourlyRecord> recorded;
    private final Check check = new ExpectedMassCheck(new Forest(), Forest.NAME, "1.0.0");

    @BeforeAll
    static void read() throws IOException {
        try (var in = new GZIPInputStream(ExpectedMassCheckTest.class.getResourceAsStream("/lake-side-CT04-2020-01-03.csv.gz"))) {
            recorded = EpaUnit.read(in);
        }
    }

    private static List<HourlyRecord> hours(int days) {
        return new ArrayList<>(recorded.subList(FROM - HISTORY, FROM + days * 24));
    }

    private List<Check.Note> check(List<HourlyRecord> hours) {
        return check.check(EpaUnit.SOURCE, hours, HISTORY);
    }

    private static void change(List<HourlyRecord> hours, int from, int to, UnaryOperator<Double> mass) {
        for (int i = from; i < to; i++) if (EpaUnit.runs(hours.get(i))) hours.set(i, EpaUnit.withMass(hours.get(i), mass));
    }

    @Test
    void letsOrdinaryHoursPass() {
        var blocking = check(hours(14)).stream().filter(n -> n.severity() == Severity.BLOCKING).toList();
        assertEquals(List.of(), blocking);
    }

    @Test
    void blocksADayReportedAFifthTooLowAndSaysHowMuchWasExpected() {
        var hours = hours(14);
        int day = HISTORY + 5 * 24;
        change(hours, day, day + 24, m -> m * 0.8);
        var found = check(hours).stream().filter(n -> n.severity() == Severity.BLOCKING).findFirst().orElseThrow();
        assertTrue(found.message().contains("were expected from its load"), found.message());
        double reported = Double.parseDouble(found.evidence().get("reportedShortTons"));
        double expected = Double.parseDouble(found.evidence().get("expectedShortTons"));
        assertEquals(0.8, reported / expected, 0.03);
        assertEquals(16, found.evidence().get("model").length());
    }

    @Test
    void questionsASingleHourInAnotherUnit() {
        var hours = hours(7);
        int at = HISTORY + 60;
        while (!EpaUnit.runs(hours.get(at)) || !Sample.of(hours.subList(at - 12, at + 1)).get(Sample.of(hours.subList(at - 12, at + 1)).size() - 1).steady()) at++;
        change(hours, at, at + 1, m -> m * 0.90718474); // tonnes for short tons
        var id = hours.get(at).id();
        assertTrue(check(hours).stream().anyMatch(n -> id.equals(n.evidence().get("worstHour")) || id.equals(n.hourId())), "hour " + id);
    }

    @Test
    void saysThatItHasTooLittleToLearnFrom() {
        var few = hours(7).subList(HISTORY - 100, HISTORY + 7 * 24);
        var notes = check.check(EpaUnit.SOURCE, few, 100);
        assertEquals(1, notes.size());
        assertEquals(Severity.INFO, notes.get(0).severity());
        assertTrue(notes.get(0).message().contains("240 are needed"), notes.get(0).message());
    }

    @Test
    void saysWhichHoursItCannotJudge() {
        var hours = hours(7);
        int before = notJudged(hours);
        int without = 0;
        int beyond = 0;
        for (int i = HISTORY; i < hours.size(); i++) {
            var h = hours.get(i);
            if (!EpaUnit.runs(h)) continue;
            var steps = new LinkedHashMap<>(h.steps());
            if (without < 3) {
                steps.remove("loadMw");
                without++;
            } else if (beyond < 2) {
                steps.put("loadMw", new BigDecimal("5000"));
                beyond++;
            } else {
                break;
            }
            hours.set(i, EpaUnit.hour(h.hourStart(), h.status(), h.massShortTons().orElseThrow(), steps));
        }
        assertEquals(before + 5, notJudged(hours));
    }

    private int notJudged(List<HourlyRecord> hours) {
        return check(hours).stream().filter(n -> n.severity() == Severity.INFO).mapToInt(n -> Integer.parseInt(n.evidence().get("hours"))).sum();
    }

    @Test
    void learnsTheSameFromTheSameHours() {
        var falsified = hours(7);
        change(falsified, HISTORY, falsified.size(), m -> m * 0.7);
        assertEquals(check(falsified), check(falsified));
        var other = new ArrayList<>(falsified);
        change(other, 10, 11, m -> m * 1.01);
        assertNotEquals(check(falsified).get(0).evidence().get("model"), check(other).get(0).evidence().get("model"), "another history is another model");
    }

    @Test
    void hasNothingToSayOfAPeriodThatDidNotRun() {
        var hours = hours(7);
        for (int i = HISTORY; i < hours.size(); i++) hours.set(i, EpaUnit.hour(hours.get(i).hourStart(), HourlyRecord.Status.IDLE, BigDecimal.ZERO, java.util.Map.of("operatingTimeHours", BigDecimal.ZERO)));
        assertEquals(List.of(), check(hours));
    }
}
