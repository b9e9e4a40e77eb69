package org.carbomt.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.forecast.Forecast;
import org.junit.jupiter.api.Test;

class ScoresTest {
    /** Of nine errors 1 to 9 place level * 10 is an order statistic itself. */
    @Test
    void quantilesOfNineErrorsAreTheirOrderStatistics() {
        var nine = new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertEquals(1, Errors.quantile(nine, 0.1).orElseThrow(), 1e-12);
        assertEquals(5, Errors.quantile(nine, 0.5).orElseThrow(), 1e-12);
        assertEquals(9, Errors.quantile(nine, 0.9).orElseThrow(), 1e-12);
        assertEquals(5.5, Errors.quantile(nine, 0.55).orElseThrow(), 1e-12);
        assertEquals(1, Errors.quantile(nine, 0.01).orElseThrow(), 1e-12);
        assertTrue(Errors.quantile(new double[0], 0.5).isEmpty());
    }

    @Test
    void theBandIsThePointPlusPastErrorsOfThatStepAndNeverBelowTheFloor() {
        var errors = new Errors(11);
        for (int i = 0; i < 12; i++) errors.add(new double[] {i - 6, i == 11 ? Double.NaN : 0});
        // the oldest of twelve is forgotten: -5 to 5
        assertArrayEquals(new double[] {3 - 4.8, 3, 3 + 4.8}, errors.around(new double[] {3, 3}, -100)[0], 1e-12);
        assertArrayEquals(new double[] {0, 3, 7.8}, errors.around(new double[] {3, 3}, 0)[0], 1e-12);
        assertArrayEquals(new double[] {3, 3, 3}, errors.around(new double[] {3, 3}, 0)[1], 1e-12);
    }

    @Test
    void fewErrorsMakeNoBand() {
        var errors = new Errors(28);
        for (int i = 0; i < 9; i++) errors.add(new double[] {i});
        assertTrue(Double.isNaN(errors.around(new double[] {3}, 0)[0][0]));
    }

    /** Band 1, 2, 5. Actual 4: losses 0.1*3, 0.5*2, 0.1*1, mean 1.4/3. Actual 0: 0.9*1, 0.5*2, 0.1*5, mean 2.4/3. */
    @Test
    void lossesByHand() {
        var tally = new Tally();
        tally.add(new double[] {1, 2, 5}, 4);
        tally.add(new double[] {1, 2, 5}, 0);
        tally.add(new double[] {1, 2, 5}, Double.NaN);
        var score = tally.score("m");
        assertEquals(2, score.hours());
        assertEquals((1.4 + 2.4) / 6, score.pinball(), 1e-12);
        assertEquals(2, score.meanAbsoluteError(), 1e-12);
        assertEquals(50, score.withinPercent(), 1e-12);
    }

    // the square of 1e200 is no number: the regression cannot be fitted, the simple rules can still speak
    @Test
    void aMethodThatFailsIsLeftOutWithItsReason() {
        var hours = new double[60 * 24];
        for (int i = 0; i < hours.length; i++) hours[i] = i % 24 * 1e200;
        var result = Contest.run(hours).orElseThrow();
        assertTrue(result.failed().containsKey("ridge-autoregression"), result.failed().toString());
        assertTrue(result.judged().stream().noneMatch(j -> result.failed().containsKey(j.method())));
        assertEquals("seasonal-naive", result.judged().get(0).method());
    }

    /** A method that notes the longest past it was ever shown. */
    @Test
    void aRehearsalShowsNoFuture() {
        var shown = new ArrayList<Integer>();
        var method = new Method() {
            @Override
            public String id() {
                return "noting";
            }

            @Override
            public Optional<Fitted> fit(double[] past) {
                shown.add(past.length);
                return Optional.of((longer, steps) -> {
                    shown.add(longer.length);
                    return new double[steps];
                });
            }
        };
        var rehearsal = new Rehearsal(method, new Rehearsal.Setting(2, 2, 100, 28, 0));
        var score = rehearsal.through(new double[41], 10, 36, 41).orElseThrow();
        assertEquals(List.of(10, 10, 12, 14), shown.subList(0, 4));
        assertEquals(38, shown.get(shown.size() - 1), "the last whole forecast ends at 40");
        assertEquals(4, score.hours());
        assertThrows(IllegalArgumentException.class, () -> new Rehearsal.Setting(24, 12, 1, 28, 0));
    }

    @Test
    void noneWinsByKeepingSilent() {
        var ranked = Contest.ranked(List.of(new Forecast.Score("a", 10, 3, 0, 0), new Forecast.Score("silent", 4, 1, 0, 0), new Forecast.Score("b", 10, 2, 0, 0), new Forecast.Score("equal", 10, 2, 0, 0)));
        assertEquals(List.of("b", "equal", "a"), ranked.stream().map(Forecast.Score::method).toList());
    }

    /** Even persistence: all its forecasts start at the same hour of the day, so the median of its past errors at a step is the daily pattern. */
    @Test
    void aDailyPatternIsForecastWhicheverMethodWins() {
        var random = new java.util.Random(2);
        var hours = new double[60 * 24];
        for (int i = 0; i < hours.length; i++) hours[i] = 100 + 50 * Math.sin(i * Math.PI / 12) + random.nextGaussian();
        Arrays.fill(hours, 500, 530, Double.NaN);
        var result = Contest.run(hours).orElseThrow();
        assertEquals(4, result.judged().size());
        for (int s = 0; s < 24; s++) assertEquals(100 + 50 * Math.sin(s * Math.PI / 12), result.band()[s][1], 3, "hour " + s);
    }

    @Test
    void tooShortAPastAndOnlyGapsAreNotForecast() {
        assertTrue(Contest.run(new double[Contest.FEWEST_DAYS * 24 - 1]).isEmpty());
        assertTrue(Contest.run(new double[Contest.FEWEST_DAYS * 24]).isPresent());
        var gaps = new double[100 * 24];
        Arrays.fill(gaps, Double.NaN);
        assertTrue(Contest.run(gaps).isEmpty());
    }
}
