package org.carbomt.verification.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.junit.jupiter.api.Test;

class LoadCurveTest {
    private static List<Sample> samples(DoubleUnaryOperator rate, double... loads) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < loads.length; i++) {
            var hour = EpaUnit.hour(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(3_600L * i), Status.MEASURED, BigDecimal.ONE, Map.of());
            samples.add(new Sample(hour, new double[] {loads[i], 1, loads[i], loads[i], loads[i]}, rate.applyAsDouble(loads[i]), true));
        }
        return samples;
    }

    private static double[] loads(int n) {
        var loads = new double[n];
        for (int i = 0; i < n; i++) loads[i] = 100 + i % 101;
        return loads;
    }

    @Test
    void findsAParabola() {
        var curve = LoadCurve.fit(samples(l -> 20 + 0.4 * l + 0.001 * l * l, loads(300)), 130);
        assertEquals(20 + 0.4 * 137 + 0.001 * 137 * 137, curve.at(137), 1e-4);
    }

    // one hour in ten falsified to a half
    @Test
    void isNotDrawnByFalsifiedHours() {
        var samples = samples(l -> 20 + 0.4 * l, loads(300));
        for (int i = 0; i < samples.size(); i += 10) {
            var s = samples.get(i);
            samples.set(i, new Sample(s.hour(), s.features(), s.rate() / 2, true));
        }
        assertEquals(80, LoadCurve.fit(samples, 100).at(150), 0.3);
    }

    @Test
    void aSourceOfOneLoadHasACurveThere() {
        assertEquals(70, LoadCurve.fit(samples(l -> 70, new double[] {200, 200, 200, 200}), 70).at(200), 1e-3);
        assertEquals(70, LoadCurve.fit(samples(l -> 70, new double[] {0, 0, 0, 0}), 70).at(0), 1e-3);
    }

    @Test
    void neverFallsToZero() {
        var curve = LoadCurve.fit(samples(l -> l - 99, loads(300)), 100);
        assertTrue(curve.at(0) >= 2);
    }
}
