package org.carbomt.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.store.Database;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ForecasterTest {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2020-03-01T12:00:00.123Z"), ZoneOffset.UTC);
    private final TreeMap<Instant, HourlyRecord> records = new TreeMap<>();
    private boolean present = true;
    private int finds;
    private RelationalStore store;
    private ForecastTable table;
    private Forecaster forecaster;

    @BeforeEach
    void open(TestInfo info) {
        store = RelationalStore.forTest("forecast-" + info.getTestMethod().orElseThrow().getName());
        table = new ForecastTable(store.open("org.carbomt.forecast", getClass().getClassLoader(), "db/forecast.xml"));
        forecaster = new Forecaster(() -> present ? Optional.of(hours()) : Optional.empty(), table, CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** The records above; any other question is none that forecasts ask. */
    private Hours hours() {
        return (Hours) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Hours.class}, (p, method, args) -> switch (method.getName()) {
            case "newest" -> records.isEmpty() ? Optional.empty() : Optional.of(records.lastKey());
            case "find" -> counted(java.util.List.copyOf(records.subMap((Instant) args[1], (Instant) args[2]).values()));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private <T> T counted(T answer) {
        finds++;
        return answer;
    }

    private void hour(int i, Status status, double mass) {
        var start = START.plus(Duration.ofHours(i));
        var missing = status == Status.MISSING;
        records.put(start, new HourlyRecord("unit", start, 1, status, missing ? Optional.empty() : Optional.of(BigDecimal.valueOf(mass)), missing ? Optional.empty() : Optional.of(BigDecimal.ONE), Grade.MEASURED, "part75@1", "G-4", "", "", Map.of(),
                Hash.sha256(), 0, 1, start));
    }

    @Test
    void issuesOnceForANewHourAndReadsBackWhatWasIssued() {
        for (int i = 0; i < 40 * 24; i++) hour(i, Status.MEASURED, 100 + i % 24);
        var issued = forecaster.issue("unit").orElseThrow();
        assertEquals(START.plus(Duration.ofDays(40)), issued.firstHour());
        assertEquals(24, issued.hours().size());
        assertEquals(issued.method(), issued.judged().get(0).method());
        assertTrue(forecaster.issue("unit").isEmpty());
        assertEquals(1, forecaster.find("unit", 10).size());
        assertEquals(issued.hours(), forecaster.find("unit", 10).get(0).hours());
        assertEquals(issued.judged(), forecaster.find("unit", 10).get(0).judged());
        assertEquals(105, issued.hours().get(5).median(), 1e-6);
        hour(40 * 24, Status.MEASURED, 100);
        var next = forecaster.issue("unit").orElseThrow();
        assertFalse(next.model().equals(issued.model()));
        assertEquals(next.firstHour(), forecaster.find("unit", 1).get(0).firstHour());
        assertTrue(forecaster.find("other", 10).isEmpty());
    }

    /** Pattern 100 + hour, exactly forecast; hour 0 comes 3 short tons heavier, hour 1 is missing, hour 2 a substitute, hour 3 idle. */
    @Test
    void realisedCountsMeasuredAndIdleHoursOnly() {
        for (int i = 0; i < 40 * 24; i++) hour(i, Status.MEASURED, 100 + i % 24);
        var issued = forecaster.issue("unit").orElseThrow();
        assertTrue(forecaster.realised(issued).isEmpty());
        hour(40 * 24, Status.MEASURED, 103);
        hour(40 * 24 + 1, Status.MISSING, 0);
        hour(40 * 24 + 2, Status.SUBSTITUTED, 999);
        hour(40 * 24 + 3, Status.IDLE, 0);
        var score = forecaster.realised(issued).orElseThrow();
        assertEquals(2, score.hours());
        assertEquals((3 + 103) / 2.0, score.meanAbsoluteError(), 1e-6);
        present = false;
        assertTrue(forecaster.realised(issued).isEmpty());
        assertTrue(forecaster.issue("unit").isEmpty());
    }

    @Test
    void aGapBeforeTheNewestHourIsNoZeroAndTooShortAPastIsNotForecast() {
        for (int i = 0; i < 20 * 24; i++) hour(i, Status.MEASURED, 100);
        assertTrue(forecaster.issue("unit").isEmpty());
        for (int i = 20 * 24; i < 40 * 24; i++) hour(i, i >= 38 * 24 ? Status.MISSING : Status.MEASURED, 100);
        for (var h : forecaster.issue("unit").orElseThrow().hours()) assertEquals(100, h.low(), 1e-6);
    }

    @Test
    void whatGaveNoForecastIsTriedAgainAtTheNextHourOnly() {
        for (int i = 0; i < 20 * 24; i++) hour(i, Status.MEASURED, 100);
        assertTrue(forecaster.issue("unit").isEmpty());
        assertTrue(forecaster.issue("unit").isEmpty());
        assertEquals(1, finds);
        hour(20 * 24, Status.MEASURED, 100);
        assertTrue(forecaster.issue("unit").isEmpty());
        assertEquals(2, finds);
    }

    @Test
    void aStoreThatFailedIsAskedAgain() {
        for (int i = 0; i < 40 * 24; i++) hour(i, Status.MEASURED, 100);
        var failing = new Forecaster(() -> Optional.of(hours()), new ForecastTable(new FailsOnce(store.open("org.carbomt.forecast", getClass().getClassLoader(), "db/forecast.xml"))), CLOCK);
        assertThrows(CarboException.class, () -> failing.issue("unit"));
        assertTrue(failing.issue("unit").isPresent());
    }

    /** The first transaction fails, as with a database that went away. */
    private static final class FailsOnce implements Database {
        private final Database real;
        private boolean failed;

        FailsOnce(Database real) {
            this.real = real;
        }

        @Override
        public <T> T transact(Work<T> work) {
            if (!failed) {
                failed = true;
                throw new CarboException.Unavailable(new Problem("store.failed", "", "", "a database"));
            }
            return real.transact(work);
        }

        @Override
        public <T> T read(Work<T> work) {
            return real.read(work);
        }

        @Override
        public String engine() {
            return real.engine();
        }
    }
}
