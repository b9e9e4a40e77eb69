package org.carbomt.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MethodsTest {
    private static final double GAP = Double.NaN;

    private static double[] ahead(Method method, int steps, double... past) {
        return method.fit(past).orElseThrow().ahead(past, steps);
    }

    @Test
    void persistenceGoesOnWithTheLastKnownValueNotWithZero() {
        assertArrayEquals(new double[] {7, 7}, ahead(new Persistence(), 2, 3, 7, GAP, GAP));
        assertTrue(Double.isNaN(ahead(new Persistence(), 1, GAP, GAP)[0]));
    }

    @Test
    void seasonalNaiveTakesTheSameStepOfTheNewestSeasonThatKnowsIt() {
        assertArrayEquals(new double[] {4, 2, 6, 4}, ahead(new SeasonalNaive(3), 4, 1, 2, 3, 4, GAP, 6));
        assertTrue(new SeasonalNaive(3).fit(new double[] {1, 2}).isEmpty());
    }

    /** A series that is exactly level plus season gives errors of zero at every step, so its continuation is exact, with holes as well. */
    @Test
    void holtWintersContinuesAPureSeasonExactly() {
        var past = new double[40];
        for (int i = 0; i < past.length; i++) past[i] = 100 + new double[] {-3, 1, 4, -2}[i % 4];
        past[21] = past[22] = GAP;
        assertArrayEquals(new double[] {97, 101, 104, 98, 97}, ahead(new HoltWinters(4), 5, past), 1e-9);
        assertTrue(new HoltWinters(4).fit(new double[11]).isEmpty());
    }

    /** By hand, one variable: x = 1, 2, 3, y = 2, 4, 6: standardised slope r / (1 + penalty) times sd(y)/sd(x), so 2 / 1.5, through the means (2, 4). */
    @Test
    void ridgeShrinksTheSlopeAndPassesThroughTheMeans() {
        var moments = new Moments(1);
        for (int i = 1; i <= 3; i++) moments.add(new double[] {i}, 2 * i);
        assertArrayEquals(new double[] {2 / 1.5, 4 - 2 * 2 / 1.5}, moments.ridge(0.5), 1e-12);
    }

    @Test
    void anInputThatNeverChangesHasNoWeight() {
        var moments = new Moments(2);
        for (int i = 1; i <= 3; i++) moments.add(new double[] {0.1, i}, 2 * i);
        assertEquals(0, moments.ridge(0.5)[0]);
    }

    /** [[4, 2], [2, 3]] x = [8, 7] by hand: x = [1.25, 1.5]. */
    @Test
    void choleskySolvesASystemSolvedByHandAndRefusesOneWithoutAnAnswer() {
        assertArrayEquals(new double[] {1.25, 1.5}, Cholesky.solve(new double[][] {{4, 2}, {2, 3}}, new double[] {8, 7}), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Cholesky.solve(new double[][] {{1, 2}, {2, 1}}, new double[] {1, 1}));
        assertThrows(IllegalArgumentException.class, () -> Cholesky.solve(new double[][] {{GAP}}, new double[] {1}));
    }

    /** y(t) = 0.8 y(t-1) + noise has the best forecast 0.8^(s+1) y; learned from 4,000 steps it comes close. */
    @Test
    void ridgeFindsAnAutoregression() {
        var random = new java.util.Random(1);
        var past = new double[4000];
        for (int i = 1; i < past.length; i++) past[i] = 0.8 * past[i - 1] + random.nextGaussian();
        past[past.length - 1] = 10;
        var next = ahead(new RidgeAutoregression(24, 2, 3), 3, past);
        assertArrayEquals(new double[] {8, 6.4, 5.12}, next, 1);
    }

    @Test
    void nothingButGapsTeachesNobodyAndFailsNobody() {
        var gaps = new double[2000];
        Arrays.fill(gaps, GAP);
        for (var method : Contest.methods()) {
            var known = method.fit(gaps).map(f -> f.ahead(gaps, 24)).stream().flatMapToDouble(Arrays::stream).filter(v -> !Double.isNaN(v)).count();
            assertEquals(0, known, method.id());
        }
    }
}
