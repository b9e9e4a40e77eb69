package org.carbomt.verification.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.verification.Severity;
import org.junit.jupiter.api.Test;

/** Hours of 100 expected tons, band 90 to 110. */
class DeparturesTest {
    private final Departures departures = new Departures();

    private void hour(int at, double mass, boolean regular, Status status) {
        var hour = EpaUnit.hour(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(3_600L * at), status, BigDecimal.valueOf(mass), Map.of());
        departures.add(new Departures.Hour(new Sample(hour, new double[] {200, 1, 200, 200, 200}, mass, true), new ExpectedMass.Band(100, 90, 110), regular));
    }

    private void hours(int from, int to, double mass) {
        for (int i = from; i < to; i++) hour(i, mass, true, Status.MEASURED);
    }

    private List<Severity> severities() {
        return departures.runs().stream().map(Departures.Run::severity).toList();
    }

    @Test
    void sixHoursOfADayOnOneSideBlock() {
        hours(0, 5, 88);
        assertEquals(List.of(Severity.WARNING), severities());
        hour(5, 88, true, Status.MEASURED);
        assertEquals(List.of(Severity.BLOCKING), severities());
    }

    @Test
    void sixHoursOverSixDaysDoNot() {
        for (int i = 0; i < 6; i++) hour(24 * i, 88, true, Status.MEASURED);
        assertEquals(List.of(Severity.WARNING), severities());
    }

    @Test
    void aSingleGrossHourBlocksIfItIsRegularAndMeasured() {
        hour(0, 74, true, Status.MEASURED);
        hour(100, 74, false, Status.MEASURED);
        hour(200, 74, true, Status.SUBSTITUTED);
        hour(300, 76, true, Status.MEASURED);
        assertEquals(List.of(Severity.BLOCKING, Severity.WARNING, Severity.WARNING, Severity.WARNING), severities());
    }

    @Test
    void theOtherSideOrADayApartIsAnotherRun() {
        hours(0, 3, 88);
        hours(3, 5, 115);
        hours(28, 29, 115);
        hours(54, 55, 115);
        assertEquals(List.of(3, 3, 1), departures.runs().stream().map(r -> r.hours().size()).toList());
        assertEquals(7, departures.size());
    }
}
