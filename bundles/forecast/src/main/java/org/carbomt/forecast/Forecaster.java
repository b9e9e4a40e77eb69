package org.carbomt.forecast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.forecast.Forecast;
import org.carbomt.api.forecast.Forecasts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues a forecast after a source's newest hour, once; tells what became of earlier ones. */
final class Forecaster implements Forecasts {
    private static final Logger LOG = LoggerFactory.getLogger(Forecaster.class);
    private final Supplier<Optional<Hours>> hours;
    private final ForecastTable table;
    private final Clock clock;
    /** First hour that was last tried, by source: what gave no forecast gives none a moment later, and a rehearsal is not free. */
    private final Map<String, Instant> tried = new ConcurrentHashMap<>();

    Forecaster(Supplier<Optional<Hours>> hours, ForecastTable table, Clock clock) {
        this.hours = hours;
        this.table = table;
        this.clock = clock;
    }

    /** @return the forecast, when the source has a new hour and past enough */
    Optional<Forecast> issue(String sourceId) {
        var records = hours.get();
        var newest = records.flatMap(h -> h.newest(sourceId));
        if (newest.isEmpty()) return Optional.empty();
        var next = newest.get().plus(Duration.ofHours(1));
        if (next.equals(tried.get(sourceId)) || table.has(sourceId, next)) return Optional.empty();
        var from = next.minus(Duration.ofDays(Contest.MOST_DAYS));
        var past = Past.of(records.get().find(sourceId, from, next, Optional.empty()), from, next).known();
        tried.put(sourceId, next);
        var made = Contest.run(past.shortTons()).map(r -> forecast(sourceId, next, past, r));
        made.ifPresent(f -> store(sourceId, f));
        return made;
    }

    /** A store that fails may work a moment later. */
    private void store(String sourceId, Forecast f) {
        try {
            table.add(f);
        } catch (CarboException e) {
            tried.remove(sourceId);
            throw e;
        }
    }

    private Forecast forecast(String sourceId, Instant first, Past past, Contest.Result result) {
        result.failed().forEach((method, why) -> LOG.warn("forecast of {} from {}: {} is left out, {}", sourceId, first, method, why));
        var list = new ArrayList<Forecast.Hour>();
        for (int i = 0; i < result.band().length; i++) {
            var q = result.band()[i];
            list.add(new Forecast.Hour(first.plus(Duration.ofHours(i)), q[0], q[1], q[2]));
        }
        return new Forecast(sourceId, clock.instant(), result.judged().get(0).method(), past.model(), list, result.judged());
    }

    @Override
    public List<Forecast> find(String sourceId, int limit) {
        return table.find(sourceId, limit);
    }

    @Override
    public Optional<Forecast.Score> realised(Forecast forecast) {
        var end = forecast.firstHour().plus(Duration.ofHours(forecast.hours().size()));
        var actual = hours.get().map(h -> Past.of(h.find(forecast.sourceId(), forecast.firstHour(), end, Optional.empty()), forecast.firstHour(), end).shortTons());
        if (actual.isEmpty()) return Optional.empty();
        var tally = new Tally();
        for (int i = 0; i < actual.get().length; i++) {
            var h = forecast.hours().get(i);
            tally.add(new double[] {h.low(), h.median(), h.high()}, actual.get()[i]);
        }
        return tally.count() == 0 ? Optional.empty() : Optional.of(tally.score(forecast.method()));
    }
}
