package org.carbomt.verification.weka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.verification.Severity;

/**
 * Prints the scores in docs/models.md: each calendar month of each recorded unit judged by a model of the four months before it. Arguments: folder of the recordings
 * (epa-hourly-co2); {@code tuning} or {@code held-out}.
 */
public final class Scores {
    /** The band of an hour; empty when it is not compared. */
    interface Judge extends Function<Sample, Optional<ExpectedMass.Band>> {}

    /** Learns a judge from the samples before; empty when they are too few. */
    interface Learner extends Function<List<Sample>, Optional<Judge>> {}

    private static final List<String> TUNED = List.of("afton-0001", "intermountain-1SGA");
    private static final List<String> UNSEEN = List.of("colstrip-3", "lake-side-CT04", "san-juan-1");
    private static final int[] MONTHS = {0, 31, 60, 91, 121, 152, 182, 213, 244};
    private static final int CONTEXT = 122 * 24;
    /** A falsified day counts as found when so many of its hours lie outside of the band. */
    private static final int HOURS_OF_A_DAY = 3;

    private Scores() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !List.of("tuning", "held-out").contains(args[1])) {
            System.err.println("usage: Scores FOLDER tuning|held-out");
            System.exit(2);
        }
        Locale.setDefault(Locale.ROOT);
        QuietWeka.start(Files.createTempDirectory("weka"));
        boolean tuning = args[1].equals("tuning");
        var learners = new java.util.LinkedHashMap<String, Learner>();
        learners.put("forest", conformal(new Forest()));
        learners.put("bins", conformal(new LoadBins()));
        for (int k : tuning ? new int[] {4, 6, 8, 10, 15} : new int[] {10}) learners.put("bins, " + k + " MAD", samples -> samples.size() < ExpectedMass.Settings.DEFAULT.enough() ? Optional.empty() : Optional.of(LoadBins.medianAndDeviation(samples, k)));
        System.out.println("| unit, months | judge | hours | outside | -10 % | -20 % | -30 % | days | clean | -10 % | -20 % | -30 % | tonnes | GJ | replay | constant | lowest | load too |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (var unit : tuning ? TUNED : concat(TUNED, UNSEEN)) {
            var hours = read(Path.of(args[0]), unit);
            int from = tuning || UNSEEN.contains(unit) ? 2 : 5;
            int to = tuning ? 5 : 8;
            for (var learner : learners.entrySet()) System.out.printf("| %s, %d to %d | %s | %s |%n", unit, from + 1, to, learner.getKey(), new Tally(hours, learner.getValue(), from, to).row());
        }
        System.out.println();
        System.out.println("| unit, months | runs with WARNING | runs with BLOCKING | days at -10 % that block | -20 % | -30 % | single hours at -30 % that block | drift found at | seconds to learn |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (var unit : tuning ? TUNED : concat(TUNED, UNSEEN)) {
            var hours = read(Path.of(args[0]), unit);
            int from = tuning || UNSEEN.contains(unit) ? 2 : 5;
            int to = tuning ? 5 : 8;
            System.out.printf("| %s, %d to %d | %s |%n", unit, from + 1, to, severities(hours, from, to));
        }
    }

    private static List<String> concat(List<String> a, List<String> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static List<HourlyRecord> read(Path folder, String unit) throws Exception {
        try (var in = Files.newInputStream(folder.resolve(unit + "-2020-01-08.csv"))) {
            return EpaUnit.read(in);
        }
    }

    private static Learner conformal(Regression regression) {
        return samples -> ExpectedMass.learn(regression, samples, ExpectedMass.Settings.DEFAULT).map(m -> s -> m.unknown(s).isPresent() ? Optional.empty() : Optional.of(m.band(s)));
    }

    private static List<Sample> measuredBefore(List<HourlyRecord> hours, int start) {
        return Sample.of(hours.subList(Math.max(0, start - CONTEXT), start)).stream().filter(s -> s.hour().status() == Status.MEASURED).toList();
    }

    /** Counts over the months. */
    private static final class Tally {
        private static final double[] SHARES = {0.9, 0.8, 0.7};
        private int compared;
        private int outside;
        private final int[] hourFound = new int[3];
        private int days;
        private int replays;
        private final int[] dayFound = new int[9];

        Tally(List<HourlyRecord> hours, Learner learner, int fromMonth, int toMonth) {
            for (int m = fromMonth; m < toMonth; m++) {
                int start = MONTHS[m] * 24;
                int end = MONTHS[m + 1] * 24;
                var judge = learner.apply(measuredBefore(hours, start));
                if (judge.isPresent()) month(hours, start, end, judge.get());
            }
        }

        private void month(List<HourlyRecord> hours, int start, int end, Judge judge) {
            for (var s : period(hours, start, end)) {
                var band = judge.apply(s);
                if (band.isEmpty() || s.hour().status() != Status.MEASURED) continue;
                compared++;
                if (!band.get().holds(s.rate())) outside++;
                for (int k = 0; k < 3; k++) if (!band.get().holds(SHARES[k] * s.rate())) hourFound[k]++;
            }
            for (int day = start; day < end; day += 24) day(hours, day, judge);
        }

        private void day(List<HourlyRecord> hours, int day, Judge judge) {
            var samples = period(hours, day, day + 24).stream().filter(s -> s.hour().status() == Status.MEASURED && judge.apply(s).isPresent()).toList();
            if (samples.size() < 6) return;
            days++;
            var falsified = new double[9][];
            falsified[0] = masses(samples, 1);
            for (int k = 0; k < 3; k++) falsified[1 + k] = masses(samples, SHARES[k]);
            falsified[4] = masses(samples, 0.90718474);
            falsified[5] = masses(samples, 1.05505585);
            falsified[6] = replay(hours, samples, day);
            double mean = Arrays.stream(falsified[0]).sum() / samples.stream().mapToDouble(Sample::operatingTime).sum();
            double lowest = samples.stream().mapToDouble(Sample::rate).min().orElseThrow();
            falsified[7] = samples.stream().mapToDouble(s -> mean * s.operatingTime()).toArray();
            falsified[8] = samples.stream().mapToDouble(s -> lowest * s.operatingTime()).toArray();
            for (int a = 0; a < 9; a++) if (falsified[a] != null && found(samples, falsified[a], judge)) dayFound[a]++;
            if (falsified[6] != null) replays++;
            // the load lowered with the mass: what no model of load can see
            var lowered = new ArrayList<>(hours.subList(Math.max(0, day - 2), Math.min(hours.size(), day + 25)));
            for (int i = 0; i < lowered.size(); i++) lowered.set(i, EpaUnit.scaled(lowered.get(i), 0.9, 0.9));
            var both = Sample.of(lowered).stream().filter(s -> s.hour().status() == Status.MEASURED).toList();
            int n = 0;
            for (var s : both) if (judge.apply(s).filter(b -> !b.holds(s.rate())).isPresent()) n++;
            if (n >= HOURS_OF_A_DAY) loadToo++;
        }

        private int loadToo;

        private static double[] masses(List<Sample> samples, double share) {
            return samples.stream().mapToDouble(s -> s.mass() * share).toArray();
        }

        /** The masses of the last day before of which all these hours ran, if they make the day at least 5 % lighter; otherwise nothing is gained by it. */
        private static double[] replay(List<HourlyRecord> hours, List<Sample> samples, int day) {
            for (int back = 1; back <= 14; back++) {
                var masses = new double[samples.size()];
                boolean all = true;
                for (int i = 0; i < masses.length; i++) {
                    int at = (int) java.time.Duration.between(hours.get(0).hourStart(), samples.get(i).hour().hourStart()).toHours() - 24 * back;
                    all &= at >= 0 && EpaUnit.runs(hours.get(Math.max(0, at)));
                    masses[i] = all ? hours.get(at).massShortTons().orElseThrow().doubleValue() : 0;
                }
                if (all && Arrays.stream(masses).sum() <= 0.95 * samples.stream().mapToDouble(Sample::mass).sum()) return masses;
            }
            return null;
        }

        private static boolean found(List<Sample> samples, double[] masses, Judge judge) {
            int n = 0;
            for (int i = 0; i < masses.length; i++) if (!judge.apply(samples.get(i)).orElseThrow().holds(masses[i] / samples.get(i).operatingTime())) n++;
            return n >= HOURS_OF_A_DAY;
        }

        String row() {
            return "%d | %.2f %% | %s | %d | %s | %s (%d) | %s | %s | %s".formatted(compared, 100.0 * outside / compared, percents(hourFound, 0, 3, compared), days, percents(dayFound, 0, 6, days), percent(dayFound[6], replays), replays,
                    percent(dayFound[7], days), percent(dayFound[8], days), percent(loadToo, days));
        }
    }

    private static String percents(int[] counts, int from, int to, int of) {
        var cells = new ArrayList<String>();
        for (int i = from; i < to; i++) cells.add(percent(counts[i], of));
        return String.join(" | ", cells);
    }

    private static String percent(int count, int of) {
        return of == 0 ? "–" : "%.1f %%".formatted(100.0 * count / of);
    }

    private static List<Sample> period(List<HourlyRecord> hours, int start, int end) {
        var from = hours.get(start).hourStart();
        var to = hours.get(end - 1).hourStart();
        return Sample.of(hours.subList(Math.max(0, start - 2), Math.min(hours.size(), end + 1))).stream().filter(s -> !s.hour().hourStart().isBefore(from) && !s.hour().hourStart().isAfter(to)).toList();
    }

    /** The findings of the check itself, as a verifier would see them, per month. */
    private static String severities(List<HourlyRecord> hours, int fromMonth, int toMonth) {
        int warnings = 0;
        int blocks = 0;
        int months = 0;
        int days = 0;
        int singles = 0;
        int singleBlocks = 0;
        var dayBlocks = new int[3];
        var drifts = new ArrayList<Double>();
        double seconds = 0;
        var check = new ExpectedMassCheck(new Forest(), ExpectedMass.Settings.DEFAULT, "1");
        for (int m = fromMonth; m < toMonth; m++) {
            int start = MONTHS[m] * 24;
            int end = MONTHS[m + 1] * 24;
            long began = System.nanoTime();
            var learned = ExpectedMass.learn(new Forest(), measuredBefore(hours, start), ExpectedMass.Settings.DEFAULT);
            if (learned.isEmpty()) continue;
            seconds = Math.max(seconds, (System.nanoTime() - began) / 1e9);
            months++;
            var period = new ArrayList<>(hours.subList(start, end));
            for (var note : check.judge(EpaUnit.SOURCE, learned.get(), period, period(hours, start, end))) {
                if (note.evidence().containsKey("worstHour")) {
                    if (note.severity() == Severity.BLOCKING) blocks++;
                    else warnings++;
                }
            }
            for (int day = start; day < end; day += 24) {
                if (hours.subList(day, day + 24).stream().filter(EpaUnit::runs).count() < 6) continue;
                days++;
                for (int k = 0; k < 3; k++) if (blocks(check, learned.get(), hours, day, day + 24, 0.9 - 0.1 * k)) dayBlocks[k]++;
                int single = day + 12;
                if (!EpaUnit.runs(hours.get(single))) continue;
                singles++;
                if (blocks(check, learned.get(), hours, single, single + 1, 0.7)) singleBlocks++;
            }
            drift(learned.get(), hours, start, end).ifPresent(drifts::add);
        }
        drifts.sort(null);
        return "%d in %d months | %d | %s | %s | %s | %.1f".formatted(warnings, months, blocks, percents(dayBlocks, 0, 3, days), percent(singleBlocks, singles), drifts.isEmpty() ? "–" : "%.1f %%".formatted(100 * drifts.get(drifts.size() / 2)), seconds);
    }

    /** Whether a BLOCKING finding has its farthest hour within the falsified ones. */
    private static boolean blocks(ExpectedMassCheck check, ExpectedMass model, List<HourlyRecord> hours, int from, int to, double share) {
        var falsified = new ArrayList<>(hours.subList(0, Math.min(hours.size(), to + 24)));
        Set<String> ids = new HashSet<>();
        for (int i = from; i < to; i++) {
            falsified.set(i, EpaUnit.scaled(falsified.get(i), share, 1));
            ids.add(falsified.get(i).id());
        }
        int start = Math.max(2, from - 24);
        int end = Math.min(falsified.size(), to + 24);
        return check.judge(EpaUnit.SOURCE, model, falsified.subList(start, end), period(falsified, start, end)).stream().anyMatch(n -> n.severity() == Severity.BLOCKING && ids.contains(n.evidence().get("worstHour")));
    }

    /** Half a percent less each day: the shortfall at which for the first time three hours of a day lie below the band. */
    private static Optional<Double> drift(ExpectedMass model, List<HourlyRecord> hours, int start, int end) {
        for (int day = start; day < end; day += 24) {
            double share = 1 - 0.005 * ((day - start) / 24 + 1);
            int below = 0;
            for (var s : period(hours, day, day + 24)) if (model.unknown(s).isEmpty() && share * s.rate() < model.band(s).low()) below++;
            if (below >= HOURS_OF_A_DAY) return Optional.of(1 - share);
        }
        return Optional.empty();
    }
}
