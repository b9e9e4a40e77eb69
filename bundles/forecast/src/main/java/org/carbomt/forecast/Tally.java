package org.carbomt.forecast;

import org.carbomt.api.forecast.Forecast;

/** Sums of losses over values that became known. Not safe for threads. */
final class Tally {
    private int count;
    private double pinball;
    private double absolute;
    private int within;

    /** @param band quantiles as in {@link Errors#LEVELS} */
    void add(double[] band, double actual) {
        if (Double.isNaN(actual) || Double.isNaN(band[0])) return;
        count++;
        for (int q = 0; q < band.length; q++) pinball += loss(Errors.LEVELS[q], band[q], actual) / band.length;
        absolute += Math.abs(actual - band[1]);
        if (actual >= band[0] && actual <= band[2]) within++;
    }

    /** Pinball loss: below the quantile 'level' counts 1 - level for each unit, above counts level. */
    static double loss(double level, double quantile, double actual) {
        return actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
    }

    int count() {
        return count;
    }

    Forecast.Score score(String method) {
        return new Forecast.Score(method, count, pinball / count, absolute / count, 100.0 * within / count);
    }
}
