package org.carbomt.forecast;

import java.util.Optional;

/**
 * A linear regression for each step ahead on the last six values, the mean of the last season, and the same step of earlier seasons; coefficients are kept small (ridge, on
 * standardised inputs). A missing input is the last known value before it; a missing target teaches nothing.
 */
final class RidgeAutoregression implements Method {
    static final int RECENT = 6;
    /** Penalty for each example, in units of the (standardised) input's variance. */
    private static final double PENALTY = 0.01;
    private final int season;
    private final int seasons;
    private final int most;

    /** @param seasons how many earlier seasons are inputs. @param most steps that will be asked for */
    RidgeAutoregression(int season, int seasons, int most) {
        this.season = season;
        this.seasons = seasons;
        this.most = most;
    }

    @Override
    public String id() {
        return "ridge-autoregression";
    }

    @Override
    public Optional<Fitted> fit(double[] past) {
        var filled = filled(past);
        var weights = new double[most][];
        for (int s = 0; s < most; s++) {
            var learned = learn(past, filled, s);
            if (learned.isEmpty()) return Optional.empty();
            weights[s] = learned.get();
        }
        return Optional.of((longer, steps) -> ahead(weights, longer, steps));
    }

    private double[] ahead(double[][] weights, double[] past, int steps) {
        var filled = filled(past);
        var next = new double[steps];
        for (int s = 0; s < steps; s++) {
            var x = inputs(filled, past.length, s);
            next[s] = weights[s][x.length];
            for (int i = 0; i < x.length; i++) next[s] += weights[s][i] * x[i];
        }
        return next;
    }

    /** @return weights and, last, the constant; empty with fewer than ten examples an input */
    private Optional<double[]> learn(double[] past, double[] filled, int step) {
        int inputs = RECENT + 1 + seasons;
        var moments = new Moments(inputs);
        for (int now = Math.max(season * seasons, RECENT); now + step < past.length; now++) {
            if (!Double.isNaN(past[now + step]) && !Double.isNaN(filled[now - season * seasons])) moments.add(inputs(filled, now, step), past[now + step]);
        }
        return moments.count() < 10 * inputs ? Optional.empty() : Optional.of(moments.ridge(PENALTY));
    }

    /** What is known just before index now, for the value step steps after it. */
    private double[] inputs(double[] filled, int now, int step) {
        var x = new double[RECENT + 1 + seasons];
        for (int i = 0; i < RECENT; i++) x[i] = filled[now - 1 - i];
        double sum = 0;
        for (int i = 1; i <= season; i++) sum += filled[now - i];
        x[RECENT] = sum / season;
        int behind = step / season + 1;
        for (int k = 0; k < seasons; k++) x[RECENT + 1 + k] = filled[Math.max(0, now + step - season * (behind + k))];
        return x;
    }

    private static double[] filled(double[] past) {
        var filled = past.clone();
        for (int i = 1; i < filled.length; i++) {
            if (Double.isNaN(filled[i])) filled[i] = filled[i - 1];
        }
        return filled;
    }
}
