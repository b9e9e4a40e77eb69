package org.carbomt.forecast;

import java.util.Optional;

/**
 * Additive Holt-Winters (Winters, Management Science 6, 1960) with a damped trend (0.98 a step). Weights are those of a small grid with the least squared error one
 * step ahead. A missing value changes nothing: level and season go on as they were expected.
 */
final class HoltWinters implements Method {
    private static final double DAMPING = 0.98;
    private static final double[] LEVEL = {0.05, 0.2, 0.5, 0.8, 0.95};
    private static final double[] TREND = {0, 0.02, 0.1};
    private static final double[] SEASON = {0.02, 0.1, 0.3};
    private final int season;

    HoltWinters(int season) {
        this.season = season;
    }

    @Override
    public String id() {
        return "holt-winters";
    }

    @Override
    public Optional<Fitted> fit(double[] past) {
        if (past.length < 3 * season || Double.isNaN(mean(past, 0, season))) return Optional.empty();
        Run best = null;
        for (var level : LEVEL) {
            for (var trend : TREND) {
                for (var seasonal : SEASON) {
                    var run = new Run(level, trend, seasonal, past);
                    if (best == null || run.squares < best.squares) best = run;
                }
            }
        }
        var chosen = best;
        return Optional.of((longer, steps) -> new Run(chosen.alpha, chosen.beta, chosen.gamma, longer).ahead(steps));
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            if (Double.isNaN(values[i])) continue;
            sum += values[i];
            count++;
        }
        return sum / count;
    }

    /** One pass over a series. */
    private final class Run {
        final double alpha;
        final double beta;
        final double gamma;
        private final double[] offsets = new double[season];
        private final int length;
        private double level;
        private double slope;
        private double squares;

        Run(double alpha, double beta, double gamma, double[] values) {
            this.alpha = alpha;
            this.beta = beta;
            this.gamma = gamma;
            length = values.length;
            level = mean(values, 0, season);
            for (int i = 0; i < season; i++) offsets[i] = Double.isNaN(values[i]) ? 0 : values[i] - level;
            for (int i = season; i < length; i++) take(values[i], i % season, i >= 2 * season);
        }

        private void take(double value, int at, boolean judged) {
            double base = level + DAMPING * slope;
            if (Double.isNaN(value)) {
                level = base;
                slope *= DAMPING;
                return;
            }
            double error = value - base - offsets[at];
            if (judged) squares += error * error;
            level = base + alpha * error;
            slope = DAMPING * slope + alpha * beta * error;
            offsets[at] += gamma * (1 - alpha) * error;
        }

        double[] ahead(int steps) {
            var next = new double[steps];
            double sum = 0;
            double factor = 1;
            for (int s = 0; s < steps; s++) {
                factor *= DAMPING;
                sum += factor;
                next[s] = level + sum * slope + offsets[(length + s) % season];
            }
            return next;
        }
    }
}
