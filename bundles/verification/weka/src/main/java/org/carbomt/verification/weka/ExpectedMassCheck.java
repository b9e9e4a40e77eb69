package org.carbomt.verification.weka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the reported with the expected mass. It learns from measured hours that a verifier accepted, and from no others: who could teach it falsified
 * hours would make them ordinary. What was not compared is said with its reason; silence never means 'as expected'.
 */
final class ExpectedMassCheck implements Check {
    static final String ID = "weka.expected-mass";
    private static final Logger LOG = LoggerFactory.getLogger(ExpectedMassCheck.class);
    /** Four months: shorter contexts lack the loads of the months to come (docs/models.md). */
    private static final int CONTEXT_HOURS = 122 * 24;
    /** A load below this share of the highest is no sign that a unit runs: auxiliaries, noise of the meter. */
    private static final double IDLE_LOAD = 0.05;
    private static final double RUNNING_LOAD = 0.3;
    private static final int KEPT = 4;

    private final Regression regression;
    private final ExpectedMass.Settings settings;
    private final String version;
    private final Map<String, ExpectedMass> models = Collections.synchronizedMap(new LinkedHashMap<>(8, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ExpectedMass> eldest) {
            return size() > KEPT;
        }
    });

    ExpectedMassCheck(Regression regression, ExpectedMass.Settings settings, String version) {
        this.regression = regression;
        this.settings = settings;
        this.version = version;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public int contextHours() {
        return CONTEXT_HOURS;
    }

    @Override
    public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history) {
        return check(source, hours, history, Set.of());
    }

    @Override
    public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history, Set<String> verified) {
        var period = hours.subList(history, hours.size());
        if (period.isEmpty()) return List.of();
        var starts = period.get(0).hourStart();
        var samples = Sample.of(hours);
        var known = samples.stream().filter(s -> s.hour().hourStart().isBefore(starts) && verified.contains(s.hour().id()) && s.hour().status() == Status.MEASURED && s.hour().grade() == Grade.MEASURED).toList();
        var model = model(source, known);
        if (model.isEmpty()) return List.of(tooLittle(period, known.size()));
        return judge(source, model.get(), period, samples.stream().filter(s -> !s.hour().hourStart().isBefore(starts)).toList());
    }

    /** Learned once from the same hours, however often a case is opened on them. */
    private Optional<ExpectedMass> model(EmissionSource source, List<Sample> known) {
        if (known.size() < settings.enough()) return Optional.empty();
        var name = ExpectedMass.version(regression, known, settings);
        var kept = models.get(name);
        if (kept != null) return Optional.of(kept);
        LOG.info("{}: learning the expected mass from {} verified hours", source.id(), known.size());
        long began = System.nanoTime();
        var learned = ExpectedMass.learn(regression, known, settings);
        learned.ifPresent(m -> {
            models.put(name, m);
            LOG.info("{}: learned {} in {} ms", source.id(), m, (System.nanoTime() - began) / 1_000_000);
        });
        return learned;
    }

    private Note tooLittle(List<HourlyRecord> period, int known) {
        long running = period.stream().filter(Sample::runs).count();
        return new Note(period.get(0).id(), Severity.INFO, "No hour was compared with an expectation: in the %d hours before, %d verified running hours with a load were found; at least %d are needed to learn from.".formatted(CONTEXT_HOURS, known, settings.enough()),
                Map.of("runningHours", Long.toString(running), "verifiedHours", Integer.toString(known), "neededHours", Integer.toString(settings.enough())));
    }

    List<Note> judge(EmissionSource source, ExpectedMass model, List<HourlyRecord> period, List<Sample> samples) {
        var text = new Wording(model, settings, regression.name());
        var notes = new ArrayList<Note>();
        var beyond = new ArrayList<HourlyRecord>();
        var unlike = new ArrayList<HourlyRecord>();
        var departures = new Departures();
        int compared = 0;
        double reported = 0;
        double expected = 0;
        for (var s : samples) {
            var unknown = model.unknown(s);
            if (unknown.isPresent()) {
                (unknown.get() == ExpectedMass.Unknown.LOAD_BEYOND ? beyond : unlike).add(s.hour());
                continue;
            }
            var band = model.band(s);
            compared++;
            reported += s.mass();
            expected += band.expected() * s.operatingTime();
            if (!band.holds(s.rate())) departures.add(new Departures.Hour(s, band, model.regular(s)));
        }
        departures.runs().forEach(run -> notes.add(text.departure(run)));
        idleUnderLoad(model, text, period).ifPresent(notes::add);
        var seen = samples.stream().map(s -> s.hour().id()).collect(Collectors.toSet());
        var blind = period.stream().filter(h -> Sample.runs(h) && !seen.contains(h.id())).toList();
        boolean hasLoad = source.inputs().containsKey("load");
        if (!blind.isEmpty()) notes.add(text.notCompared(blind, hasLoad ? Severity.WARNING : Severity.INFO, hasLoad ? "they have no load on record, or an impossible operating time" : "the source has no channel for its load"));
        if (!beyond.isEmpty()) notes.add(text.notCompared(beyond, Severity.WARNING, Wording.text("their load lies outside of the %.0f to %.0f MW of the verified hours", model.leastLoad(), model.mostLoad())));
        if (!unlike.isEmpty()) notes.add(text.notCompared(unlike, Severity.INFO, "too few starts, stops and partial hours were verified before"));
        notes.add(text.summary(period, compared, departures.size(), reported, expected));
        return notes;
    }

    /** Hours reported without operation while the load's own meter says otherwise. */
    private static Optional<Note> idleUnderLoad(ExpectedMass model, Wording text, List<HourlyRecord> period) {
        var hours = period.stream().filter(h -> h.status() == Status.IDLE && Sample.load(h) > IDLE_LOAD * model.mostLoad()).toList();
        if (hours.isEmpty()) return Optional.empty();
        boolean blocks = hours.stream().anyMatch(h -> Sample.load(h) >= RUNNING_LOAD * model.mostLoad());
        return Optional.of(text.idleUnderLoad(hours, blocks ? Severity.BLOCKING : Severity.WARNING));
    }
}
