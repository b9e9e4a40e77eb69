package org.carbomt.forecast;

import java.util.Arrays;
import java.util.Optional;
import org.carbomt.api.forecast.Forecast;

/**
 * One method sent through a past, as if each forecast had been issued then: it knows the values before, is fitted again now and then, and has its band from its own earlier
 * errors. Not safe for threads.
 */
final class Rehearsal {
    private final Method method;
    private final Setting setting;
    private final Errors errors;
    private Optional<Method.Fitted> fitted = Optional.empty();
    private int issued;

    /**
     * @param steps ahead
     * @param stride from one forecast to the next, at least steps, so that a forecast's errors are known at the next
     * @param refit forecasts until it is fitted again
     * @param memory how many forecasts back errors count
     * @param floor no value lies below
     */
    record Setting(int steps, int stride, int refit, int memory, double floor) {
        Setting {
            if (stride < steps) throw new IllegalArgumentException("stride: " + stride + ", expected at least steps (" + steps + ")");
        }
    }

    Rehearsal(Method method, Setting setting) {
        this.method = method;
        this.setting = setting;
        errors = new Errors(setting.memory);
    }

    String method() {
        return method.id();
    }

    /** Quantiles of the next steps; empty when the method has too short a past or too few errors. */
    Optional<double[][]> forecast(double[] past) {
        return point(past).map(p -> errors.around(p, setting.floor)).filter(band -> Arrays.stream(band).noneMatch(q -> Double.isNaN(q[0])));
    }

    private Optional<double[]> point(double[] past) {
        if (fitted.isEmpty() || issued % setting.refit == 0) fitted = method.fit(past);
        return fitted.map(f -> f.ahead(past, setting.steps));
    }

    /** Forecasts at from, from + stride, … while a whole forecast ends by to, and tallies those from index 'judged' on. */
    Optional<Forecast.Score> through(double[] series, int from, int judged, int to) {
        var tally = new Tally();
        for (int now = from; now + setting.steps <= to; now += setting.stride) {
            var point = point(Arrays.copyOf(series, now));
            issued++;
            if (point.isEmpty()) continue;
            var band = errors.around(point.get(), setting.floor);
            var error = new double[setting.steps];
            for (int s = 0; s < setting.steps; s++) {
                if (now >= judged) tally.add(band[s], series[now + s]);
                error[s] = series[now + s] - point.get()[s];
            }
            errors.add(error);
        }
        return tally.count() == 0 ? Optional.empty() : Optional.of(tally.score(method.id()));
    }
}
