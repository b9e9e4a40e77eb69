package org.carbomt.verification.weka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;

/**
 * Prints the scores in docs/models.md: each month of each recorded unit judged by a model of the 720 hours before it. Argument: folder of the
 * recordings (epa-hourly-co2). Choices (trees, depth, window) were made on February to April of Intermountain, Colstrip and Afton; the other months and
 * the other units have not been looked at for them.
 */
public final class ExpectedMassScores {
    private static final List<String> SEEN = List.of("intermountain-1SGA", "colstrip-3", "afton-0001");
    private static final List<String> UNSEEN = List.of("lake-side-CT04", "san-juan-1");
    private static final int HISTORY = 720;

    private ExpectedMassScores() {}

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        System.out.printf("%-34s %-9s %7s %8s %8s | %7s %7s %7s | %7s %7s %7s%n", "", "model", "hours", "outside", "blocked", "h -10%", "h -20%", "h -30%", "d -10%", "d -20%", "d -30%");
        for (boolean unseen : new boolean[] {false, true}) {
            for (var unit : unseen ? concat(SEEN, UNSEEN) : SEEN) {
                List<HourlyRecord> hours;
                try (var in = Files.newInputStream(folder.resolve(unit + "-2020-01-08.csv"))) {
                    hours = EpaUnit.read(in);
                }
                int from = unseen && SEEN.contains(unit) ? 121 * 24 : 31 * 24;
                int to = unseen ? hours.size() : 121 * 24;
                for (var name : List.of("forest", "bins")) {
                    System.out.printf("%-34s %-9s %s%n", (unseen ? "unseen " : "tuning ") + unit, name, score(name.equals("forest") ? new Forest() : new LoadBins(), hours, from, to));
                }
            }
        }
    }

    private static List<String> concat(List<String> a, List<String> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static String score(Regression regression, List<HourlyRecord> hours, int from, int to) {
        int running = 0;
        int outside = 0;
        int blocked = 0;
        int periods = 0;
        int[] hourFound = new int[3];
        int hourTried = 0;
        int[] dayFound = new int[3];
        int dayTried = 0;
        var random = new Random(20261125);
        for (int start = from; start + 24 <= to; start += 720) {
            int end = Math.min(to, start + 720);
            var history = hours.subList(Math.max(0, start - HISTORY), start);
            var period = hours.subList(start, end);
            var all = new ArrayList<>(history);
            all.addAll(period);
            var samples = Sample.of(all);
            var model = ExpectedMass.learn(regression, "scored", samples.stream().filter(s -> s.hour().hourStart().isBefore(period.get(0).hourStart())).toList(), ExpectedMassCheck.FALSE_ALARMS);
            if (model.isEmpty()) continue;
            periods++;
            for (var s : samples) {
                if (s.hour().hourStart().isBefore(period.get(0).hourStart())) continue;
                var band = model.get().band(s);
                if (band.isEmpty()) continue;
                running++;
                if (!band.get().holds(s.rate())) outside++;
                hourTried++;
                for (int k = 0; k < 3; k++) if (!band.get().holds(s.rate() * (0.9 - 0.1 * k))) hourFound[k]++;
            }
            blocked += (int) judged(model.get(), period, samples).stream().filter(n -> n.severity() == Severity.BLOCKING).count();
            for (int trial = 0; trial < 5; trial++) {
                int day = start + 24 * random.nextInt((end - start) / 24);
                if (hours.subList(day, day + 24).stream().filter(EpaUnit::runs).count() < 12) continue;
                dayTried++;
                for (int k = 0; k < 3; k++) {
                    double share = 0.9 - 0.1 * k;
                    var falsified = new ArrayList<>(all);
                    for (int h = day; h < day + 24; h++) falsified.set(history.size() + h - start, EpaUnit.withMass(hours.get(h), m -> m * share));
                    var dayStart = hours.get(day).hourStart();
                    var dayEnd = dayStart.plusSeconds(86_400);
                    if (judged(model.get(), falsified.subList(history.size(), falsified.size()), Sample.of(falsified)).stream().anyMatch(n -> n.severity() == Severity.BLOCKING && touches(n.evidence().get("worstHour"), falsified, dayStart, dayEnd))) dayFound[k]++;
                }
            }
        }
        return "%7d %7.2f%% %5d/%-2d | %6.1f%% %6.1f%% %6.1f%% | %6.1f%% %6.1f%% %6.1f%%".formatted(running, 100.0 * outside / running, blocked, periods, share(hourFound[0], hourTried), share(hourFound[1], hourTried), share(hourFound[2], hourTried),
                share(dayFound[0], dayTried), share(dayFound[1], dayTried), share(dayFound[2], dayTried));
    }

    private static List<Check.Note> judged(ExpectedMass model, List<HourlyRecord> period, List<Sample> samples) {
        return ExpectedMassCheck.judge(model, period.stream().filter(EpaUnit::runs).toList(), samples.stream().filter(s -> !s.hour().hourStart().isBefore(period.get(0).hourStart())).toList());
    }

    private static boolean touches(String hourId, List<HourlyRecord> hours, java.time.Instant from, java.time.Instant to) {
        return hours.stream().anyMatch(h -> h.id().equals(hourId) && !h.hourStart().isBefore(from) && h.hourStart().isBefore(to));
    }

    private static double share(int found, int tried) {
        return tried == 0 ? Double.NaN : 100.0 * found / tried;
    }
}
