package org.carbomt.api.forecast;

import java.time.Instant;
import java.util.List;

/**
 * What a source is expected to emit in the hours after its newest record. Never a measurement: nothing is accounted or credited from it.
 *
 * @param issuedAt when
 * @param method the one that won on the source's own past, e.g. {@code ridge-autoregression}
 * @param model 16 hexadecimal digits over the hours it learned from, the settings and the version of the methods: same past, same model
 * @param hours in order, without gaps
 * @param judged every method that was tried, the winner first; each hour was forecast from the hours before it only
 */
public record Forecast(String sourceId, Instant issuedAt, String method, String model, List<Hour> hours, List<Score> judged) {
    public Forecast {
        hours = List.copyOf(hours);
        judged = List.copyOf(judged);
    }

    /** Start of the first hour. */
    public Instant firstHour() {
        return hours.get(0).hourStart();
    }

    /**
     * Short tons of CO2 in the hour; four of five hours are expected between low and high.
     *
     * @param low 10 % of hours are expected below
     * @param median as many above as below
     * @param high 10 % of hours are expected above
     */
    public record Hour(Instant hourStart, double low, double median, double high) {}

    /**
     * How a method did, over hours with a measured mass.
     *
     * @param pinball mean pinball loss of the three quantiles, short tons; less is better, and decides
     * @param meanAbsoluteError of the median, short tons
     * @param withinPercent hours that lay between low and high; 80 were expected
     */
    public record Score(String method, int hours, double pinball, double meanAbsoluteError, double withinPercent) {}
}
