package org.carbomt.verification.weka;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;

/**
 * Compares the reported with the expected mass. Hours outside of the band are told together where they follow each other; half a day or more of a
 * day's hours on the same side of the band blocks, since chance does not do that. What could not be judged is said.
 */
final class ExpectedMassCheck implements Check {
    static final double FALSE_ALARMS = 0.01;
    private static final int WINDOW = 24;
    private static final int BLOCKS_FROM = 6;

    private final Regression regression;
    private final String name;
    private final String version;

    ExpectedMassCheck(Regression regression, String name, String version) {
        this.regression = regression;
        this.name = name;
        this.version = version;
    }

    @Override
    public String id() {
        return "weka.expected-mass";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history) {
        var samples = Sample.of(hours);
        int first = 0;
        var starts = hours.size() > history ? hours.get(history).hourStart() : null;
        while (starts != null && first < samples.size() && samples.get(first).hour().hourStart().isBefore(starts)) first++;
        var period = samples.subList(first, samples.size());
        var running = hours.subList(history, hours.size()).stream().filter(h -> h.massShortTons().isPresent() && h.massShortTons().get().signum() > 0).toList();
        if (running.isEmpty()) return List.of();
        var learned = ExpectedMass.learn(regression, name, samples.subList(0, first), FALSE_ALARMS);
        if (learned.isEmpty()) {
            return List.of(new Note(running.get(0).id(), Severity.INFO, "Not compared with an expectation: %d measured running hours with a load lie before this period, %d are needed to learn from.".formatted(
                    samples.subList(0, first).stream().filter(Sample::measured).count(), ExpectedMass.ENOUGH), Map.of("hours", Integer.toString(running.size()))));
        }
        return judge(learned.get(), running, period);
    }

    private record Outlier(Sample sample, ExpectedMass.Band band) {
        boolean low() {
            return sample.rate() < band.low();
        }
    }

    static List<Note> judge(ExpectedMass model, List<HourlyRecord> running, List<Sample> period) {
        var notes = new ArrayList<Note>();
        var run = new ArrayList<Outlier>();
        var recent = new ArrayList<Outlier>();
        int judged = 0;
        HourlyRecord unjudged = null;
        for (var s : period) {
            var band = model.band(s);
            if (band.isEmpty()) {
                if (unjudged == null) unjudged = s.hour();
                continue;
            }
            judged++;
            if (band.get().holds(s.rate())) continue;
            var outlier = new Outlier(s, band.get());
            if (!run.isEmpty() && (run.get(0).low() != outlier.low() || hoursBetween(run.get(run.size() - 1), outlier) > WINDOW)) {
                notes.add(note(model, run));
                run.clear();
            }
            run.add(outlier);
        }
        if (!run.isEmpty()) notes.add(note(model, run));
        int left = running.size() - judged;
        if (left > 0) {
            var which = unjudged != null ? unjudged : running.get(0);
            notes.add(new Note(which.id(), Severity.INFO, "%d of %d running hours are not compared with an expectation: their load is not reported or lies outside of what the source did in the hours before.".formatted(left, running.size()), Map.of("hours", Integer.toString(left), "model", model.version())));
        }
        return notes;
    }

    private static long hoursBetween(Outlier a, Outlier b) {
        return java.time.Duration.between(a.sample.hour().hourStart(), b.sample.hour().hourStart()).toHours();
    }

    /** Most outliers within a day of each other. */
    private static int densest(List<Outlier> run) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < run.size(); to++) {
            while (hoursBetween(run.get(from), run.get(to)) >= WINDOW) from++;
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    private static Note note(ExpectedMass model, List<Outlier> run) {
        var worst = run.stream().max(java.util.Comparator.comparingDouble(o -> Math.abs(o.sample.rate() / Math.max(o.band.expected(), 1e-9) - 1))).orElseThrow();
        var first = run.get(0).sample.hour();
        double reported = run.stream().mapToDouble(o -> o.sample.rate() * o.sample.operatingTime()).sum();
        double expected = run.stream().mapToDouble(o -> o.band.expected() * o.sample.operatingTime()).sum();
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("hours", Integer.toString(run.size()));
        evidence.put("reportedShortTons", decimal(reported));
        evidence.put("expectedShortTons", decimal(expected));
        evidence.put("worstHour", worst.sample.hour().id());
        evidence.put("worstReportedPerHour", decimal(worst.sample.rate()));
        evidence.put("worstExpectedPerHour", decimal(worst.band.expected()));
        evidence.put("worstBand", decimal(worst.band.low()) + " to " + decimal(worst.band.high()));
        evidence.put("model", model.version());
        evidence.put("learnedFromHours", Integer.toString(model.learnedFrom()));
        evidence.put("statedFalseAlarms", Double.toString(FALSE_ALARMS));
        var span = run.size() == 1 ? "In the hour " + first.hourStart() : "In %d hours from %s to %s".formatted(run.size(), first.hourStart(), run.get(run.size() - 1).sample.hour().hourStart());
        var message = "%s the source reports %.1f short tons where %.1f were expected from its load (%+.0f %%); at %s the reported %.1f per hour lie outside of %.1f to %.1f.".formatted(span, reported, expected, 100 * (reported / expected - 1),
                worst.sample.hour().hourStart(), worst.sample.rate(), worst.band.low(), worst.band.high());
        return new Note(first.id(), densest(run) >= BLOCKS_FROM ? Severity.BLOCKING : Severity.WARNING, message, evidence);
    }

    private static String decimal(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
