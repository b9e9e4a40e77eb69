package org.carbomt.forecast;

import java.util.Optional;

/** As at the same step of the last season (the same hour yesterday); where that is missing, of the one before. */
final class SeasonalNaive implements Method {
    private final int season;

    SeasonalNaive(int season) {
        this.season = season;
    }

    @Override
    public String id() {
        return "seasonal-naive";
    }

    @Override
    public Optional<Fitted> fit(double[] past) {
        return past.length < season ? Optional.empty() : Optional.of(this::ahead);
    }

    private double[] ahead(double[] past, int steps) {
        var next = new double[steps];
        for (int s = 0; s < steps; s++) next[s] = same(past, past.length + s, season);
        return next;
    }

    /** The newest known value whole seasons before an index that may lie after the end; NaN when there is none. */
    static double same(double[] past, int index, int season) {
        for (int i = index - season; i >= 0; i -= season) {
            if (i < past.length && !Double.isNaN(past[i])) return past[i];
        }
        return Double.NaN;
    }
}
