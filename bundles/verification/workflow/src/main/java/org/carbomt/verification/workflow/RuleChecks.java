package org.carbomt.verification.workflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;

/**
 * The rules every case is checked by. Pure. They ask what a verifier asks first (40 CFR 75 App. B and the data checks of ECMPS; IEC 17029 practice): is the value
 * possible, does it jump, does it stand still, is enough of it there.
 */
final class RuleChecks {
    /** Hours of the same value to the last digit. Even base load moves in the tenth of a ton. */
    private static final int STUCK_WARNING = 8;
    private static final int STUCK_BLOCKING = 24;
    /** Running hours below which a history says nothing of a source. */
    private static final int ENOUGH_HISTORY = 168;

    private RuleChecks() {}

    static List<Check> all(String version) {
        return List.of(check("range", version, RuleChecks::range), check("rate-of-change", version, RuleChecks::rateOfChange), check("stuck-value", version, RuleChecks::stuck), check("missing-share", version, RuleChecks::missing),
                check("grade", version, RuleChecks::grade));
    }

    private interface Rule {
        List<Check.Note> check(EmissionSource source, List<HourlyRecord> hours, int history);
    }

    private static Check check(String id, String version, Rule rule) {
        return new Check() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String version() {
                return version;
            }

            @Override
            public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history) {
                return rule.check(source, hours, history);
            }
        };
    }

    private static boolean running(HourlyRecord h) {
        return (h.status() == Status.MEASURED || h.status() == Status.SUBSTITUTED) && h.massShortTons().orElseThrow().signum() > 0;
    }

    /** Short tons per operating hour. */
    private static double rate(HourlyRecord h) {
        var time = h.steps().getOrDefault("operatingTimeHours", BigDecimal.ONE);
        return h.massShortTons().orElseThrow().doubleValue() / (time.signum() > 0 ? time.doubleValue() : 1);
    }

    /** Beyond the source's own maximum ({@link EmissionSource#MOST}) an hour blocks; beyond 1.5 times all of its history it is worth a look. */
    private static List<Check.Note> range(EmissionSource source, List<HourlyRecord> hours, int history) {
        var notes = new ArrayList<Check.Note>();
        var limit = source.parameters().get(EmissionSource.MOST);
        double[] past = hours.subList(0, history).stream().filter(RuleChecks::running).mapToDouble(RuleChecks::rate).toArray();
        double most = Arrays.stream(past).max().orElse(Double.NaN);
        for (var h : hours.subList(history, hours.size())) {
            if (h.massShortTons().isPresent() && h.massShortTons().get().signum() < 0) {
                notes.add(new Check.Note(h.id(), Severity.BLOCKING, "A negative mass of " + h.massShortTons().get().toPlainString() + " short tons.", Map.of("massShortTons", h.massShortTons().get().toPlainString())));
            } else if (running(h) && limit != null && rate(h) > limit.doubleValue()) {
                notes.add(new Check.Note(h.id(), Severity.BLOCKING, String.format(Locale.ROOT, "%.1f short tons per operating hour; the most this source can emit is %s.", rate(h), limit.toPlainString()),
                        Map.of("shortTonsPerHour", decimal(rate(h)), "maxShortTonsPerHour", limit.toPlainString())));
            } else if (running(h) && past.length >= ENOUGH_HISTORY && rate(h) > 1.5 * most) {
                notes.add(new Check.Note(h.id(), Severity.WARNING, String.format(Locale.ROOT, "%.1f short tons per operating hour; in the %d running hours before it was never more than %.1f.", rate(h), past.length, most),
                        Map.of("shortTonsPerHour", decimal(rate(h)), "historyMax", decimal(most))));
            }
        }
        return notes;
    }

    /** A jump of more than 60 % from one full hour to the next while the load, where known, moved by less than 20 %. */
    private static List<Check.Note> rateOfChange(EmissionSource source, List<HourlyRecord> hours, int history) {
        var notes = new ArrayList<Check.Note>();
        for (int i = Math.max(1, history); i < hours.size(); i++) {
            var before = hours.get(i - 1);
            var now = hours.get(i);
            if (!running(before) || !running(now) || !full(before) || !full(now)) continue;
            var loadBefore = before.steps().get("loadMw");
            var loadNow = now.steps().get("loadMw");
            if (loadBefore == null || loadNow == null || loadBefore.signum() <= 0) continue;
            double loadChange = Math.abs(loadNow.doubleValue() / loadBefore.doubleValue() - 1);
            double change = Math.abs(rate(now) / rate(before) - 1);
            if (loadChange < 0.2 && change > 0.6) {
                notes.add(new Check.Note(now.id(), Severity.WARNING, String.format(Locale.ROOT, "The emission rate moved by %.0f %% within an hour while the load moved by %.0f %%.", 100 * change, 100 * loadChange),
                        Map.of("before", decimal(rate(before)), "after", decimal(rate(now)), "loadBeforeMw", loadBefore.toPlainString(), "loadAfterMw", loadNow.toPlainString())));
            }
        }
        return notes;
    }

    private static boolean full(HourlyRecord h) {
        return h.steps().getOrDefault("operatingTimeHours", BigDecimal.ONE).compareTo(BigDecimal.ONE) == 0;
    }

    private static List<Check.Note> stuck(EmissionSource source, List<HourlyRecord> hours, int history) {
        var notes = new ArrayList<Check.Note>();
        int run = 1;
        for (int i = 1; i <= hours.size(); i++) {
            boolean same = i < hours.size() && running(hours.get(i)) && hours.get(i).status() == Status.MEASURED && running(hours.get(i - 1)) && hours.get(i).massShortTons().equals(hours.get(i - 1).massShortTons())
                    && hours.get(i).steps().equals(hours.get(i - 1).steps());
            if (same) {
                run++;
                continue;
            }
            if (run >= STUCK_WARNING && i > history) {
                var h = hours.get(i - 1);
                notes.add(new Check.Note(h.id(), run >= STUCK_BLOCKING ? Severity.BLOCKING : Severity.WARNING, String.format(Locale.ROOT, "%d hours in a row have exactly the same inputs and %s short tons: a sensor may stand still.", run, h.massShortTons().orElseThrow().toPlainString()),
                        Map.of("hours", Integer.toString(run), "massShortTons", h.massShortTons().orElseThrow().toPlainString())));
            }
            run = 1;
        }
        return notes;
    }

    /** Availability: below 90 % a warning (40 CFR 75.32 and 75.33 turn to harsher substitution there), below 80 % it blocks. */
    private static List<Check.Note> missing(EmissionSource source, List<HourlyRecord> hours, int history) {
        var period = hours.subList(history, hours.size());
        var missing = period.stream().filter(h -> h.status() == Status.MISSING).toList();
        if (missing.isEmpty()) return List.of();
        double share = (double) missing.size() / period.size();
        var severity = share > 0.2 ? Severity.BLOCKING : share > 0.1 ? Severity.WARNING : Severity.INFO;
        return List.of(new Check.Note(missing.get(0).id(), severity, String.format(Locale.ROOT, "%d of %d hours are missing (%.1f %%), the first of them %s.", missing.size(), period.size(), 100 * share, missing.get(0).hourStart()),
                Map.of("missing", Integer.toString(missing.size()), "hours", Integer.toString(period.size()))));
    }

    private static List<Check.Note> grade(EmissionSource source, List<HourlyRecord> hours, int history) {
        var weak = hours.subList(history, hours.size()).stream().filter(h -> h.grade() != org.carbomt.api.reading.Grade.MEASURED).toList();
        if (weak.isEmpty()) return List.of();
        return List.of(new Check.Note(weak.get(0).id(), Severity.WARNING, String.format(Locale.ROOT, "%d hours rest on %s readings and can carry no credit.", weak.size(), weak.get(0).grade().name().toLowerCase(Locale.ROOT)),
                Map.of("hours", Integer.toString(weak.size()), "grade", weak.get(0).grade().name())));
    }

    private static String decimal(double value) {
        return BigDecimal.valueOf(value).setScale(3, java.math.RoundingMode.HALF_UP).toPlainString();
    }
}
