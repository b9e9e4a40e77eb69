package org.carbomt.credits.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.reading.Grade;
import org.junit.jupiter.api.Test;

class BaselineIntensityTest {
    private static final Instant T0 = Instant.parse("2020-01-01T00:00:00Z");
    private final BaselineIntensity methodology = new BaselineIntensity("1");

    private static HourlyRecord hour(int i, Status status, Grade grade, String shortTons, String mwh, String uncertainty) {
        return new HourlyRecord("unit", T0.plus(Duration.ofHours(i)), 1, status, Optional.ofNullable(shortTons).map(BigDecimal::new), shortTons == null ? Optional.empty() : Optional.of(new BigDecimal(uncertainty)), grade, "part75@1", "G-4", "", "",
                mwh == null ? Map.of() : Map.of("activityMwh", new BigDecimal(mwh)), Hash.sha256(), i, 1, T0);
    }

    private static List<HourlyRecord> hours(int from, int n, String shortTons, String mwh) {
        var list = new ArrayList<HourlyRecord>();
        for (int i = 0; i < n; i++) list.add(hour(from + i, Status.MEASURED, Grade.MEASURED, shortTons, mwh, "2.7"));
        return list;
    }

    @Test
    void creditsAreWholeTonnesOfTheReductionLessTheDeduction() {
        // baseline 100 short tons (90.718474 t) at 200 MWh: 0.453592 t/MWh; period 80 short tons at 200 MWh, ten hours each
        var q = methodology.quantify(hours(0, 10, "100", "200"), hours(10, 10, "80", "200"), Map.of());
        assertEquals(new BigDecimal("0.453592"), q.steps().get("baselineTonnesPerMwh"));
        assertEquals(new BigDecimal("725.74779"), q.steps().get("measuredTonnes"));
        // hours in whole grams: 907.184 - 725.74779 = 181.43621; less 2.7 % of 725.74779 = 19.59519; 161.84102
        assertEquals(161, q.credits());
        assertEquals(new BigDecimal("19.59519033"), q.steps().get("deductionTonnes"));
    }

    @Test
    void theMoreUncertainTheFewerCreditsAndNeverBelowZero() {
        assertEquals(0, methodology.quantify(hours(0, 10, "80", "200"), hours(10, 10, "100", "200"), Map.of()).credits());
        long one = methodology.quantify(hours(0, 10, "100", "200"), hours(10, 10, "80", "200"), Map.of("deductionFactor", BigDecimal.ONE)).credits();
        long two = methodology.quantify(hours(0, 10, "100", "200"), hours(10, 10, "80", "200"), Map.of("deductionFactor", BigDecimal.TEN)).credits();
        assertTrue(two < one);
    }

    @Test
    void whatCannotCarryCreditsIsRefusedByName() {
        var base = hours(0, 10, "100", "200");
        refused(base, hour(10, Status.MISSING, Grade.MEASURED, null, null, "0"), "period unit/2020-01-01T10Z/1");
        refused(base, hour(10, Status.MEASURED, Grade.INDICATIVE, "1", "1", "1"), "period unit/2020-01-01T10Z/1");
        refused(base, hour(10, Status.MEASURED, Grade.SYNTHETIC, "1", "1", "1"), "period unit/2020-01-01T10Z/1");
        refused(base, hour(10, Status.MEASURED, Grade.MEASURED, "1", null, "1"), "period unit/2020-01-01T10Z/1");
        refused(base, hour(5, Status.MEASURED, Grade.MEASURED, "1", "1", "1"), "period");
    }

    private void refused(List<HourlyRecord> baseline, HourlyRecord hour, String field) {
        assertEquals(field, assertThrows(CarboException.Invalid.class, () -> methodology.quantify(baseline, List.of(hour), Map.of())).problem().field());
    }

    @Property(tries = 200)
    void moreEmissionNeverEarnsMore(@ForAll @IntRange(min = 1, max = 2000) int tenths, @ForAll @IntRange(min = 1, max = 500) int more) {
        var base = hours(0, 5, "100", "200");
        var less = methodology.quantify(base, hours(5, 5, BigDecimal.valueOf(tenths, 1).toPlainString(), "200"), Map.of()).credits();
        var worse = methodology.quantify(base, hours(5, 5, BigDecimal.valueOf(tenths + more, 1).toPlainString(), "200"), Map.of()).credits();
        assertTrue(worse <= less);
    }
}
