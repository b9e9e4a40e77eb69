package org.carbomt.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carbomt.api.forecast.Forecast;

/** Which method did best on a source's own past, and what it says of the next day. Pure. */
public final class Contest {
    /** Raise with any change that gives other numbers for the same past. */
    static final String VERSION = "1";
    static final int DAY = 24;
    public static final int MOST_DAYS = 120;
    private static final int FIRST_FIT_DAYS = 7;
    private static final int JUDGED_DAYS = 28;
    private static final int FEWEST_JUDGED_DAYS = 7;
    /** Shorter pasts are not forecast. */
    public static final int FEWEST_DAYS = FIRST_FIT_DAYS + Errors.FEWEST + FEWEST_JUDGED_DAYS;
    private static final Rehearsal.Setting SETTING = new Rehearsal.Setting(DAY, DAY, 7, JUDGED_DAYS, 0);

    private Contest() {}

    /** @param band quantiles of each step. @param judged the winner first. @param failed methods that could not be computed from these hours, with the reason */
    public record Result(double[][] band, List<Forecast.Score> judged, Map<String, String> failed) {}

    static List<Method> methods() {
        return methods(DAY, 7, DAY);
    }

    static List<Method> methods(int season, int seasons, int steps) {
        return List.of(new Persistence(), new SeasonalNaive(season), new HoltWinters(season), new RidgeAutoregression(season, seasons, steps));
    }

    /** Hours up to now, NaN where there is no measurement. Empty when there are too few to judge by. */
    public static Optional<Result> run(double[] hours) {
        int end = hours.length;
        if (end < FEWEST_DAYS * DAY) return Optional.empty();
        int from = end - DAY * ((end - FIRST_FIT_DAYS * DAY) / DAY);
        int judgedFrom = Math.max(end - JUDGED_DAYS * DAY, from + Errors.FEWEST * DAY);
        var judged = new ArrayList<Forecast.Score>();
        var bands = new ArrayList<double[][]>();
        var failed = new TreeMap<String, String>();
        for (var method : methods()) {
            var entry = enter(method, hours, from, judgedFrom, failed);
            if (entry.isEmpty()) continue;
            judged.add(entry.get().score);
            bands.add(entry.get().band);
        }
        var ranked = ranked(judged);
        return ranked.isEmpty() || ranked.get(0).hours() < FEWEST_JUDGED_DAYS * DAY / 2 ? Optional.empty() : Optional.of(new Result(bands.get(judged.indexOf(ranked.get(0))), ranked, failed));
    }

    private record Entry(Forecast.Score score, double[][] band) {}

    /** Empty for a method that has too short a past. One whose arithmetic fails on it or leaves the finite numbers (masses as 1e200) is noted; the others are still heard. */
    private static Optional<Entry> enter(Method method, double[] hours, int from, int judgedFrom, Map<String, String> failed) {
        try {
            var rehearsal = new Rehearsal(method, SETTING);
            var score = rehearsal.through(hours, from, judgedFrom, hours.length);
            var band = rehearsal.forecast(hours);
            if (score.isEmpty() || band.isEmpty()) return Optional.empty();
            if (Double.isFinite(score.get().pinball()) && Arrays.stream(band.get()).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) return Optional.of(new Entry(score.get(), band.get()));
            failed.put(method.id(), "its numbers are not finite");
        } catch (IllegalArgumentException e) {
            failed.put(method.id(), e.getMessage());
        }
        return Optional.empty();
    }

    /** By loss; only methods that were judged on as many hours as any are compared, so that none wins by keeping silent. Of equals the simpler one, which comes first, wins. */
    static List<Forecast.Score> ranked(List<Forecast.Score> scores) {
        int most = scores.stream().mapToInt(Forecast.Score::hours).max().orElse(0);
        return scores.stream().filter(s -> s.hours() == most).sorted(Comparator.comparingDouble(Forecast.Score::pinball)).toList();
    }
}
