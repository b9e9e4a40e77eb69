package org.carbomt.verification.weka;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;

/** What the check says, for a plant manager; the numbers stand beside it as evidence. */
final class Wording {
    private final ExpectedMass model;
    private final ExpectedMass.Settings settings;
    private final String learner;

    Wording(ExpectedMass model, ExpectedMass.Settings settings, String learner) {
        this.model = model;
        this.settings = settings;
        this.learner = learner;
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private String learned() {
        return text("Model %s, learned from %d verified hours, %s to %s.", model.version(), model.learnedHours(), day(model.learnedFrom()), day(model.learnedTo()));
    }

    private static String day(java.time.Instant at) {
        return at.toString().substring(0, 10);
    }

    private Map<String, String> evidence() {
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("model", model.version());
        evidence.put("learner", learner);
        evidence.put("learnedFrom", model.learnedFrom().toString());
        evidence.put("learnedTo", model.learnedTo().toString());
        evidence.put("learnedHours", Integer.toString(model.learnedHours()));
        evidence.put("statedFalseAlarms", Double.toString(settings.falseAlarms()));
        return evidence;
    }

    Check.Note departure(Departures.Run run) {
        var worst = run.worst();
        var s = worst.sample();
        var first = run.hours().get(0).sample().hour();
        double time = s.operatingTime();
        var evidence = evidence();
        evidence.put("hours", Integer.toString(run.hours().size()));
        evidence.put("lastHour", run.hours().get(run.hours().size() - 1).sample().hour().id());
        evidence.put("reportedShortTons", decimal(run.reported()));
        evidence.put("expectedShortTons", decimal(run.expected()));
        evidence.put("worstHour", s.hour().id());
        evidence.put("worstLoadMw", decimal(s.load()));
        evidence.put("worstReportedShortTons", decimal(s.mass()));
        evidence.put("worstExpectedShortTons", decimal(worst.expectedMass()));
        evidence.put("worstLowShortTons", decimal(worst.band().low() * time));
        evidence.put("worstHighShortTons", decimal(worst.band().high() * time));
        var hour = text("%.1f short tons reported for the hour %s, %.1f expected from its load of %.0f MW (%.1f to %.1f would be ordinary)", s.mass(), s.hour().hourStart(), worst.expectedMass(), s.load(), worst.band().low() * time,
                worst.band().high() * time);
        var span = run.hours().size() == 1 ? hour + "."
                : text("%d hours from %s to %s report %.1f short tons where %.1f were expected from their load (%+.0f %%); the farthest off: %s.", run.hours().size(), first.hourStart(), run.hours().get(run.hours().size() - 1).sample().hour().hourStart(),
                        run.reported(), run.expected(), 100 * (run.reported() / run.expected() - 1), hour);
        return new Check.Note(first.id(), run.severity(), span + " " + learned(), evidence);
    }

    Check.Note idleUnderLoad(List<HourlyRecord> hours, Severity severity) {
        var most = hours.stream().max(Comparator.comparingDouble(Sample::load)).orElseThrow();
        double expected = hours.stream().mapToDouble(h -> model.atLoad(Sample.load(h))).sum();
        var evidence = evidence();
        evidence.put("hours", Integer.toString(hours.size()));
        evidence.put("worstHour", most.id());
        evidence.put("worstLoadMw", decimal(Sample.load(most)));
        evidence.put("expectedShortTons", decimal(expected));
        return new Check.Note(hours.get(0).id(), severity, text("%d hours are reported as not running although a load is on record, up to %.0f MW in the hour %s; about %.0f short tons were expected.", hours.size(), Sample.load(most), most.hourStart(), expected) + " " + learned(),
                evidence);
    }

    Check.Note notCompared(List<HourlyRecord> hours, Severity severity, String reason) {
        double mass = hours.stream().mapToDouble(h -> h.massShortTons().orElseThrow().doubleValue()).sum();
        var evidence = evidence();
        evidence.put("hours", Integer.toString(hours.size()));
        evidence.put("reportedShortTons", decimal(mass));
        return new Check.Note(hours.get(0).id(), severity, text("%d running hours with %.1f short tons, from %s, were not compared with an expectation: %s.", hours.size(), mass, hours.get(0).hourStart(), reason), evidence);
    }

    Check.Note summary(List<HourlyRecord> period, int compared, int outside, double reported, double expected) {
        long running = period.stream().filter(Sample::runs).count();
        var evidence = evidence();
        evidence.put("runningHours", Long.toString(running));
        evidence.put("comparedHours", Integer.toString(compared));
        evidence.put("outsideHours", Integer.toString(outside));
        evidence.put("reportedShortTons", decimal(reported));
        evidence.put("expectedShortTons", decimal(expected));
        var sums = compared == 0 ? "" : text(" Together they report %.1f short tons, %.1f were expected (%+.1f %%).", reported, expected, 100 * (reported / expected - 1));
        return new Check.Note(period.get(0).id(), Severity.INFO,
                text("%d of %d running hours were compared with what was expected from their load: %d lie outside of the band, of ordinary hours at most about %.1f %% should.", compared, running, outside, 100 * settings.falseAlarms()) + sums + " " + learned(), evidence);
    }

    private static String decimal(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
