package org.carbomt.verification.weka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.carbomt.api.canonical.CanonicalJson;

/**
 * A model of one source with its band: outside of it lies, of hours like those it was learned from, at most about the stated share. The band comes from hours
 * the model did not see (blocks of time, each judged by the others: conformal prediction, Vovk et al. 2005), never narrower than the tolerance. Regular
 * hours and the others (starts, stops, parts of hours, low load) have a band each.
 */
final class ExpectedMass {
    /**
     * How it is learned and judged; the defaults were chosen as docs/models.md tells.
     *
     * @param falseAlarms share of ordinary hours that may lie outside of the band
     * @param tolerance narrowest half band of a regular hour, relative: heat rates move with weather and wear, and history is not future
     * @param irregularTolerance the same of the other hours
     * @param enough running hours below which nothing is learned
     */
    record Settings(double falseAlarms, double tolerance, double irregularTolerance, int enough) {
        static final Settings DEFAULT = new Settings(0.01, 0.08, 0.25, 500);

        Settings {
            if (!(falseAlarms > 0 && falseAlarms < 0.5)) throw new IllegalArgumentException("falseAlarms: " + falseAlarms + ", expected more than 0 and less than 0.5");
            if (!(tolerance >= 0 && tolerance < 1)) throw new IllegalArgumentException("tolerance: " + tolerance + ", expected 0 to 1");
            if (!(irregularTolerance >= 0 && irregularTolerance < 1)) throw new IllegalArgumentException("irregularTolerance: " + irregularTolerance + ", expected 0 to 1");
            if (enough < 100) throw new IllegalArgumentException("enough: " + enough + ", expected at least 100 hours");
        }
    }

    /** Why an hour cannot be compared. */
    enum Unknown { LOAD_BEYOND, TOO_FEW_ALIKE }

    /** @param expected, low, high short tons per operating hour */
    record Band(double expected, double low, double high) {
        boolean holds(double rate) {
            return rate >= low && rate <= high;
        }
    }

    /** Raised with every change of code that changes what is learned from the same hours. */
    private static final int ALGORITHM = 1;
    private static final int BLOCKS = 8;
    /** With fewer hours of a kind the tail of their residuals says nothing. */
    private static final int ENOUGH_OF_A_KIND = 60;
    /** A regular hour has at least this share of the highest load. */
    private static final double REGULAR_LOAD = 0.3;
    /** Residuals are relative to the expected rate, but at least to this share of the reference: a ton at start-up is a ton. */
    private static final double LEAST_SCALE = 0.5;

    private final Regression.Model model;
    private final double reference;
    private final double leastLoad;
    private final double mostLoad;
    private final Spread regular;
    private final Optional<Spread> irregular;
    private final String version;
    private final int learnedHours;
    private final Instant learnedFrom;
    private final Instant learnedTo;

    private ExpectedMass(Regression.Model model, double reference, double leastLoad, double mostLoad, Spread regular, Optional<Spread> irregular, String version, List<Sample> samples) {
        this.model = model;
        this.reference = reference;
        this.leastLoad = leastLoad;
        this.mostLoad = mostLoad;
        this.regular = regular;
        this.irregular = irregular;
        this.version = version;
        learnedHours = samples.size();
        learnedFrom = samples.get(0).hour().hourStart();
        learnedTo = samples.get(samples.size() - 1).hour().hourStart().plusSeconds(3_600);
    }

    /** @return empty when there are fewer samples than enough. Throws IllegalStateException when its thread is interrupted */
    static Optional<ExpectedMass> learn(Regression regression, List<Sample> samples, Settings settings) {
        if (samples.size() < settings.enough()) return Optional.empty();
        var rates = samples.stream().mapToDouble(Sample::rate).sorted().toArray();
        double reference = rates[(int) (rates.length * 0.95)];
        double leastLoad = samples.stream().mapToDouble(Sample::load).min().orElseThrow();
        double mostLoad = samples.stream().mapToDouble(Sample::load).max().orElseThrow();
        var residuals = residuals(regression, samples, reference);
        var of = new double[2][];
        for (int kind = 0; kind < 2; kind++) {
            boolean wanted = kind == 0;
            of[kind] = IntStream.range(0, residuals.length).filter(i -> !Double.isNaN(residuals[i]) && regular(samples.get(i), mostLoad) == wanted).mapToDouble(i -> residuals[i]).sorted().toArray();
        }
        if (of[0].length < ENOUGH_OF_A_KIND) return Optional.empty();
        var irregular = of[1].length < ENOUGH_OF_A_KIND ? Optional.<Spread>empty() : Optional.of(Spread.of(of[1], settings.falseAlarms(), settings.irregularTolerance()));
        return Optional.of(new ExpectedMass(regression.fit(samples, reference), reference, leastLoad, mostLoad, Spread.of(of[0], settings.falseAlarms(), settings.tolerance()), irregular, version(regression, samples, settings), samples));
    }

    /** Of each sample, judged by a model of the other blocks; NaN where its load is beyond theirs. */
    private static double[] residuals(Regression regression, List<Sample> samples, double reference) {
        var residuals = new double[samples.size()];
        for (int b = 0; b < BLOCKS; b++) {
            if (Thread.interrupted()) throw new IllegalStateException("learning was interrupted");
            int from = samples.size() * b / BLOCKS;
            int to = samples.size() * (b + 1) / BLOCKS;
            var others = new ArrayList<>(samples.subList(0, from));
            others.addAll(samples.subList(to, samples.size()));
            double most = others.stream().mapToDouble(Sample::load).max().orElseThrow();
            var judge = regression.fit(others, reference);
            for (int i = from; i < to; i++) {
                var s = samples.get(i);
                double expected = judge.expect(s.features());
                residuals[i] = s.load() > 1.02 * most ? Double.NaN : (s.rate() - expected) / scale(expected, reference);
            }
        }
        return residuals;
    }

    private static double scale(double expected, double reference) {
        return Math.max(expected, LEAST_SCALE * reference);
    }

    private static boolean regular(Sample s, double mostLoad) {
        return s.steady() && s.load() >= REGULAR_LOAD * mostLoad;
    }

    /** How far hours lie from what was expected of them, relative. */
    private record Spread(double below, double above) {
        static Spread of(double[] sorted, double falseAlarms, double tolerance) {
            int rank = (int) Math.min(sorted.length, Math.ceil((1 - falseAlarms / 2) * (sorted.length + 1)));
            return new Spread(Math.max(tolerance, -sorted[sorted.length - rank]), Math.max(tolerance, sorted[rank - 1]));
        }
    }

    /** Names the data and the way of learning: whoever has the hours learns the same model, under the same name. */
    static String version(Regression regression, List<Sample> samples, Settings settings) {
        var parts = new LinkedHashMap<String, Object>();
        parts.put("algorithm", ALGORITHM);
        parts.put("learner", regression.name());
        parts.put("settings", settings.toString());
        parts.put("features", Sample.NAMES);
        parts.put("hours", samples.stream().map(s -> s.hour().id() + " " + Arrays.stream(s.features()).mapToObj(Double::toHexString).toList() + " " + Double.toHexString(s.rate())).toList());
        return CanonicalJson.hash(parts).hex().substring(0, 16);
    }

    /** @return empty when the hour can be compared */
    Optional<Unknown> unknown(Sample s) {
        double margin = 0.02 * mostLoad;
        if (s.load() < leastLoad - margin || s.load() > mostLoad + margin) return Optional.of(Unknown.LOAD_BEYOND);
        return regular(s) || irregular.isPresent() ? Optional.empty() : Optional.of(Unknown.TOO_FEW_ALIKE);
    }

    /** What to expect of an hour that is not {@link #unknown}. */
    Band band(Sample s) {
        double expected = model.expect(s.features());
        double scale = scale(expected, reference);
        var spread = regular(s) ? regular : irregular.orElseThrow();
        return new Band(expected, Math.max(0, expected - spread.below * scale), expected + spread.above * scale);
    }

    boolean regular(Sample s) {
        return regular(s, mostLoad);
    }

    /** Short tons per operating hour at a steady load. */
    double atLoad(double load) {
        return model.expect(new double[] {load, 1, load, load, load});
    }

    double leastLoad() {
        return leastLoad;
    }

    double mostLoad() {
        return mostLoad;
    }

    String version() {
        return version;
    }

    int learnedHours() {
        return learnedHours;
    }

    Instant learnedFrom() {
        return learnedFrom;
    }

    Instant learnedTo() {
        return learnedTo;
    }

    @Override
    public String toString() {
        return "%s from %d hours, %s to %s; half band of regular hours -%.1f %% to +%.1f %%, of others %s".formatted(version, learnedHours, learnedFrom, learnedTo, 100 * regular.below, 100 * regular.above,
                irregular.map(s -> "-%.1f %% to +%.1f %%".formatted(100 * s.below, 100 * s.above)).orElse("unknown"));
    }
}
