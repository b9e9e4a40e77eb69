package org.carbomt.verification.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;
import org.carbomt.emissions.part75.Part75RuleBook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On recorded hours of a gas unit: January and February, verified, are the history; the days of March are judged. */
class ExpectedMassCheckTest {
    private static final int HISTORY = 60 * 24;
    private static List<HourlyRecord> recorded;
    /** One for all tests: it keeps what it learned. */
    private static final Check CHECK = fresh();

    private static Check fresh() {
        return new ExpectedMassCheck(new Forest(), ExpectedMass.Settings.DEFAULT, "1.0.0");
    }

    @BeforeAll
    static void read() throws IOException {
        QuietWeka.start(Path.of("target", "weka"));
        try (var in = new GZIPInputStream(ExpectedMassCheckTest.class.getResourceAsStream("/lake-side-CT04-2020-01-03.csv.gz"))) {
            recorded = EpaUnit.read(in);
        }
    }

    private static List<HourlyRecord> hours(int days) {
        return new ArrayList<>(recorded.subList(0, HISTORY + days * 24));
    }

    private static Set<String> ids(List<HourlyRecord> hours) {
        return hours.stream().map(HourlyRecord::id).collect(Collectors.toSet());
    }

    private static List<Check.Note> check(List<HourlyRecord> hours) {
        return check(CHECK, hours);
    }

    private static List<Check.Note> check(Check check, List<HourlyRecord> hours) {
        return check.check(EpaUnit.SOURCE, hours, HISTORY, ids(hours.subList(0, HISTORY)));
    }

    private static List<Check.Note> of(List<Check.Note> notes, Severity severity) {
        return notes.stream().filter(n -> n.severity() == severity).toList();
    }

    private static int number(Check.Note note, String name) {
        return Integer.parseInt(note.evidence().get(name));
    }

    /** The last note sums up. */
    private static Check.Note summary(List<Check.Note> notes) {
        return notes.get(notes.size() - 1);
    }

    private static void change(List<HourlyRecord> hours, int from, int to, UnaryOperator<HourlyRecord> change) {
        for (int i = from; i < to; i++) hours.set(i, change.apply(hours.get(i)));
    }

    /** The first day of the period, after its first, that ran all day. */
    private static int fullDay(List<HourlyRecord> hours) {
        int day = HISTORY + 24;
        while (hours.subList(day, day + 24).stream().filter(Sample::runs).count() < 24) day += 24;
        return day;
    }

    private static HourlyRecord with(HourlyRecord h, Status status, BigDecimal mass, Map<String, BigDecimal> steps) {
        return EpaUnit.hour(h.hourStart(), status, mass, steps);
    }

    private static HourlyRecord withLoad(HourlyRecord h, BigDecimal loadMw) {
        var steps = new LinkedHashMap<>(h.steps());
        if (loadMw == null) steps.remove("loadMw");
        else steps.put("loadMw", loadMw);
        return with(h, h.status(), h.massShortTons().orElseThrow(), steps);
    }

    // the stated rate is 1 %; 31 clean days of a unit and month that were not looked at for any choice
    @Test
    void ofAnOrdinaryMonthAtMostOnePercentLieOutside() {
        var notes = check(hours(31));
        assertEquals(List.of(), of(notes, Severity.BLOCKING));
        var summary = summary(notes);
        assertTrue(number(summary, "comparedHours") > 700, summary.message());
        assertTrue(number(summary, "outsideHours") <= 0.01 * number(summary, "comparedHours"), summary.message());
        assertEquals(number(summary, "runningHours"), number(summary, "comparedHours") + notes.stream().filter(n -> n.message().contains("not compared")).mapToInt(n -> number(n, "hours")).sum());
    }

    @Test
    void aDayAFifthTooLowBlocksAndSaysWhatWasExpectedOfWhatLoadByWhichModel() {
        var hours = hours(14);
        int day = fullDay(hours);
        change(hours, day, day + 24, h -> EpaUnit.scaled(h, 0.8, 1));
        var found = of(check(hours), Severity.BLOCKING);
        assertEquals(1, found.size());
        var note = found.get(0);
        assertTrue(number(note, "hours") >= 20, note.message());
        assertEquals(0.8, Double.parseDouble(note.evidence().get("reportedShortTons")) / Double.parseDouble(note.evidence().get("expectedShortTons")), 0.03);
        assertTrue(note.message().matches("\\d+ hours from 2020-03-.*Z to 2020-03-.*Z report .* short tons where .* were expected from their load \\(-\\d+ %\\); the farthest off: .* expected from its load of \\d+ MW .*"
                + "Model [0-9a-f]{16}, learned from 1174 verified hours, 2020-01-\\d\\d to 2020-03-01\\."), note.message());
        assertTrue(note.evidence().get("learner").startsWith("Weka 3.8.6 RandomForest") && note.evidence().get("learner").contains("seed 1"), note.evidence().get("learner"));
    }

    // heat input determines the mass (G-4); the model must not be vouched for by it
    @Test
    void tooLittleHeatInputThroughTheRuleBookIsFound() {
        var hours = hours(10);
        change(hours, 0, hours.size(), h -> byRuleBook(h, 1));
        var honest = check(hours);
        assertEquals(List.of(), of(honest, Severity.BLOCKING));
        int day = fullDay(hours);
        change(hours, day, day + 24, h -> byRuleBook(h, 0.85));
        assertEquals(1, of(check(hours), Severity.BLOCKING).size());
    }

    private static HourlyRecord byRuleBook(HourlyRecord h, double share) {
        var heat = h.steps().get("heatInputMmbtu");
        if (heat == null) return h;
        var source = new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of("operatingTime", new EmissionSource.ChannelRef("das", "time")), Map.of("Fc", new BigDecimal(1040)), "operator", Optional.empty());
        var result = (HourResult.Mass) new Part75RuleBook("1").compute(new HourInput(source, h.hourStart(), Map.of("heatInput", channel(heat.doubleValue() * share), "operatingTime", channel(h.steps().get("operatingTimeHours").doubleValue()),
                "load", channel(h.steps().get("loadMw").doubleValue()))));
        return with(h, h.status(), result.massShortTons(), result.steps());
    }

    private static ChannelHour channel(double value) {
        return new ChannelHour("", Grade.MEASURED, 1, 1, true, value, value, value);
    }

    @Test
    void aSingleHourInTonnesForShortTonsIsQuestioned() {
        var hours = hours(4);
        int at = HISTORY + 60;
        change(hours, at, at + 1, h -> EpaUnit.scaled(h, 0.90718474, 1));
        var note = of(check(hours), Severity.WARNING).stream().filter(n -> n.hourId().equals(hours.get(at).id())).findFirst().orElseThrow();
        assertTrue(note.message().contains("short tons reported for the hour " + hours.get(at).hourStart()), note.message());
    }

    @Test
    void aConstantDayIsFound() {
        var hours = hours(10);
        // the day with the widest range of loads
        int widest = -1;
        double range = 0;
        for (int day = HISTORY; day + 24 <= hours.size(); day += 24) {
            var loads = hours.subList(day, day + 24).stream().filter(Sample::runs).mapToDouble(Sample::load).summaryStatistics();
            if (loads.getCount() == 24 && loads.getMax() - loads.getMin() > range) {
                range = loads.getMax() - loads.getMin();
                widest = day;
            }
        }
        var mass = new BigDecimal("80.0");
        change(hours, widest, widest + 24, h -> with(h, h.status(), mass, h.steps()));
        assertTrue(number(summary(check(hours)), "outsideHours") >= 6);
    }

    @Test
    void hoursNobodyVerifiedTeachNothing() {
        var hours = hours(2);
        var notes = CHECK.check(EpaUnit.SOURCE, hours, HISTORY, Set.of());
        assertEquals(1, notes.size());
        assertEquals(Severity.INFO, notes.get(0).severity());
        assertTrue(notes.get(0).message().startsWith("No hour was compared with an expectation") && notes.get(0).message().contains(" 0 verified running hours"), notes.get(0).message());
        assertEquals(notes, CHECK.check(EpaUnit.SOURCE, hours, HISTORY));
    }

    @Test
    void tooShortAHistoryIsSaid() {
        var hours = hours(2);
        var verified = ids(hours.subList(HISTORY - 499, HISTORY));
        var notes = CHECK.check(EpaUnit.SOURCE, hours, HISTORY, verified);
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).message().contains("at least 500 are needed"), notes.get(0).message());
    }

    @Test
    void substitutedHoursTeachNothingAndNeverBlock() {
        var hours = hours(3);
        change(hours, HISTORY + 24, HISTORY + 48, h -> with(h, h.status() == Status.MEASURED ? Status.SUBSTITUTED : h.status(), h.massShortTons().orElseThrow().multiply(new BigDecimal("1.5")), h.steps()));
        var notes = check(hours);
        assertEquals(List.of(), of(notes, Severity.BLOCKING));
        assertTrue(number(summary(notes), "outsideHours") >= 20);
        var model = summary(notes).evidence().get("model");
        change(hours, 700, 710, h -> with(h, Status.SUBSTITUTED, h.massShortTons().orElseThrow(), h.steps()));
        assertEquals(number(summary(notes), "learnedHours") - 10, number(summary(check(hours)), "learnedHours"));
        assertNotEquals(model, summary(check(hours)).evidence().get("model"));
    }

    @Test
    void runningHoursWithoutALoadAreQuestioned() {
        var hours = hours(2);
        change(hours, HISTORY + 10, HISTORY + 13, h -> withLoad(h, null));
        var note = of(check(hours), Severity.WARNING).stream().filter(n -> n.message().contains("not compared")).findFirst().orElseThrow();
        assertEquals(3, number(note, "hours"));
        assertEquals(hours.get(HISTORY + 10).id(), note.hourId());
    }

    @Test
    void aLoadNeverSeenIsQuestionedNotGuessed() {
        var hours = hours(2);
        change(hours, HISTORY + 10, HISTORY + 12, h -> withLoad(h, new BigDecimal("5000")));
        var note = of(check(hours), Severity.WARNING).stream().filter(n -> n.message().contains("their load lies outside")).findFirst().orElseThrow();
        assertEquals(2, number(note, "hours"));
    }

    // hostile or broken numbers: no crash, and none of them passes as compared
    @Test
    void impossibleInputsAreNeverCompared() {
        var hours = hours(2);
        var huge = new BigDecimal("1e400");
        change(hours, HISTORY + 10, HISTORY + 11, h -> withLoad(h, huge));
        change(hours, HISTORY + 11, HISTORY + 12, h -> withLoad(h, new BigDecimal("-3")));
        for (var time : List.of("0", "-1", "2", "1e400")) {
            int at = HISTORY + 12 + List.of("0", "-1", "2", "1e400").indexOf(time);
            change(hours, at, at + 1, h -> {
                var steps = new LinkedHashMap<>(h.steps());
                steps.put("operatingTimeHours", new BigDecimal(time));
                return with(h, h.status(), h.massShortTons().orElseThrow(), steps);
            });
        }
        var notes = check(hours);
        assertEquals(6, number(notes.stream().filter(n -> n.message().contains("no load on record")).findFirst().orElseThrow(), "hours"));
    }

    @Test
    void aGapBesideAnHourIsUnknownNotZero() {
        var hours = hours(2);
        int at = HISTORY + 20;
        var h = hours.get(at);
        hours.set(at, new HourlyRecord("unit", h.hourStart(), 1, Status.MISSING, Optional.empty(), Optional.empty(), Grade.MEASURED, "part75@1", "G-4", "", "no-data", Map.of(), h.readingsRoot(), -1, 0, h.hourStart()));
        var samples = Sample.of(hours);
        var after = samples.stream().filter(s -> s.hour().equals(hours.get(at + 1))).findFirst().orElseThrow();
        assertTrue(Double.isNaN(after.features()[2]) && !Double.isNaN(after.features()[3]));
        assertEquals(47, number(summary(check(hours)), "runningHours"));
    }

    @Test
    void idleUnderLoadBlocks() {
        var hours = hours(2);
        change(hours, HISTORY + 10, HISTORY + 14, h -> with(h, Status.IDLE, BigDecimal.ZERO, Map.of("operatingTimeHours", BigDecimal.ZERO, "loadMw", new BigDecimal("150"))));
        var note = of(check(hours), Severity.BLOCKING).get(0);
        assertTrue(note.message().startsWith("4 hours are reported as not running although a load is on record, up to 150 MW"), note.message());
        assertTrue(Double.parseDouble(note.evidence().get("expectedShortTons")) > 100, note.message());
    }

    @Test
    void aSourceWithoutALoadChannelIsToldSo() {
        var source = new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of(), Map.of(), "operator", Optional.empty());
        var hours = hours(2);
        change(hours, HISTORY, hours.size(), h -> withLoad(h, null));
        var notes = CHECK.check(source, hours, HISTORY, ids(hours.subList(0, HISTORY)));
        assertTrue(notes.stream().allMatch(n -> n.severity() == Severity.INFO), notes.toString());
        assertTrue(notes.get(0).message().contains("no channel for its load"), notes.get(0).message());
    }

    @Test
    void theSameHistoryGivesTheSameModelAndAnotherAnother() {
        var hours = hours(3);
        change(hours, HISTORY, HISTORY + 24, h -> EpaUnit.scaled(h, 0.7, 1));
        var once = check(fresh(), hours);
        assertEquals(once, check(fresh(), hours));
        assertEquals(once, check(hours));
        // judged one by one or together: the same
        var alone = hours.subList(0, HISTORY + 24);
        assertEquals(once.get(0).evidence().get("worstExpectedShortTons"), check(alone).get(0).evidence().get("worstExpectedShortTons"));
        change(hours, 1000, 1001, h -> EpaUnit.scaled(h, 1.01, 1));
        assertNotEquals(summary(once).evidence().get("model"), summary(check(hours)).evidence().get("model"));
    }

    // platforms and versions (C9): these are the numbers of Weka 3.8.6 on x86-64, JDK 17
    @Test
    void theModelAndItsExpectationsAreTheRecordedOnes() {
        var summary = summary(check(hours(7)));
        assertEquals(RECORDED_MODEL, summary.evidence().get("model"));
        assertEquals(RECORDED_EXPECTATION, summary.evidence().get("expectedShortTons"));
    }

    private static final String RECORDED_MODEL = "bd4e9ae6ccd338b5";
    private static final String RECORDED_EXPECTATION = "12743.5";

    @Test
    void aPeriodThatDidNotRunIsSaidToHaveNothingToCompare() {
        var hours = hours(2);
        change(hours, HISTORY, hours.size(), h -> with(h, Status.IDLE, BigDecimal.ZERO, Map.of("operatingTimeHours", BigDecimal.ZERO)));
        var notes = check(hours);
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).message().startsWith("0 of 0 running hours were compared"), notes.get(0).message());
    }
}
