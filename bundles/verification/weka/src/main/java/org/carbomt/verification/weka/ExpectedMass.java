package org.carbomt.verification.weka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.carbomt.api.canonical.CanonicalJson;

/**
 * A model of a source with its band: outside of it lies, of hours like those it was learned from, about the stated share. The band comes from hours the
 * model did not see (five blocks of time, each judged by the other four; split conformal prediction, Vovk et al. 2005), relative to what was expected.
 */
final class ExpectedMass {
    /** Running hours below which nothing is learned. */
    static final int ENOUGH = 240;
    private static final int BLOCKS = 5;
    /** A band narrower than the meters are is no ground for a question. */
    private static final double NARROWEST = 0.02;
    /** Widest band, in robust standard deviations: what was odd in the history shall not make the odd ordinary. */
    private static final double WIDEST = 6;

    /** @param expected, low, high short tons per operating hour */
    record Band(double expected, double low, double high) {
        boolean holds(double rate) {
            return rate >= low && rate <= high;
        }
    }

    private final Regression.Model model;
    private final Spread steady;
    private final Spread changing;
    private final double leastLoad;
    private final double mostLoad;
    private final double floor;
    private final String version;
    private final int learnedFrom;

    private ExpectedMass(Regression.Model model, Spread steady, Spread changing, double leastLoad, double mostLoad, double floor, String version, int learnedFrom) {
        this.model = model;
        this.steady = steady;
        this.changing = changing;
        this.leastLoad = leastLoad;
        this.mostLoad = mostLoad;
        this.floor = floor;
        this.version = version;
        this.learnedFrom = learnedFrom;
    }

    /**
     * Learns from measured hours.
     *
     * @param falseAlarms share of ordinary hours that may lie outside of the band, e.g. 0.01
     * @return empty when there are fewer than {@link #ENOUGH}
     */
    static Optional<ExpectedMass> learn(Regression regression, String name, List<Sample> history, double falseAlarms) {
        var samples = history.stream().filter(Sample::measured).toList();
        if (samples.size() < ENOUGH) return Optional.empty();
        double most = samples.stream().mapToDouble(Sample::rate).max().orElseThrow();
        double floor = 0.1 * most;
        var residuals = new double[samples.size()];
        for (int b = 0; b < BLOCKS; b++) {
            int from = samples.size() * b / BLOCKS;
            int to = samples.size() * (b + 1) / BLOCKS;
            var others = new ArrayList<>(samples.subList(0, from));
            others.addAll(samples.subList(to, samples.size()));
            var judge = regression.fit(others);
            for (int i = from; i < to; i++) {
                double expected = judge.expect(samples.get(i).features());
                residuals[i] = (samples.get(i).rate() - expected) / Math.max(expected, floor);
            }
        }
        return Optional.of(new ExpectedMass(regression.fit(samples), Spread.of(residuals, samples, true, falseAlarms), Spread.of(residuals, samples, false, falseAlarms),
                samples.stream().mapToDouble(s -> s.features()[Sample.LOAD]).min().orElseThrow(), samples.stream().mapToDouble(s -> s.features()[Sample.LOAD]).max().orElseThrow(), floor, version(name, samples), samples.size()));
    }

    /** How far hours lie from what was expected of them, relative to it. */
    private record Spread(double below, double above) {
        static Spread of(double[] residuals, List<Sample> samples, boolean steady, double falseAlarms) {
            var sorted = IntStream.range(0, residuals.length).filter(i -> samples.get(i).steady() == steady).mapToDouble(i -> residuals[i]).sorted().toArray();
            // with fewer the tail says nothing: everything is ordinary
            if (sorted.length < 2 / falseAlarms / 4) return new Spread(-1, Double.MAX_VALUE);
            int tail = Math.max(0, (int) Math.floor(falseAlarms / 2 * (sorted.length + 1)) - 1);
            double widest = Math.max(NARROWEST, WIDEST * middleDeviation(sorted));
            return new Spread(Math.max(-widest, Math.min(sorted[tail], -NARROWEST)), Math.min(widest, Math.max(sorted[sorted.length - 1 - tail], NARROWEST)));
        }

        /** Of a normal distribution its standard deviation; a few wild hours in the history do not move it (MAD x 1.4826). */
        private static double middleDeviation(double[] sorted) {
            double median = sorted[sorted.length / 2];
            return 1.4826 * Arrays.stream(sorted).map(r -> Math.abs(r - median)).sorted().toArray()[sorted.length / 2];
        }
    }

    /** Names the data and the way of learning, so that whoever has the hours can learn the same model again. */
    private static String version(String name, List<Sample> samples) {
        var parts = new LinkedHashMap<String, Object>();
        parts.put("model", name);
        parts.put("hours", samples.stream().map(s -> s.hour().leaf().hex()).toList());
        return CanonicalJson.hash(parts).hex().substring(0, 16);
    }

    /** What to expect; empty when the load lies outside of what was seen, where the model knows nothing. */
    Optional<Band> band(Sample s) {
        double load = s.features()[Sample.LOAD];
        double margin = 0.02 * (mostLoad - leastLoad);
        if (load < leastLoad - margin || load > mostLoad + margin) return Optional.empty();
        double expected = model.expect(s.features());
        double scale = Math.max(expected, floor);
        var spread = s.steady() ? steady : changing;
        return Optional.of(new Band(expected, Math.max(0, expected + spread.below * scale), expected + spread.above * scale));
    }

    String version() {
        return version;
    }

    int learnedFrom() {
        return learnedFrom;
    }
}
