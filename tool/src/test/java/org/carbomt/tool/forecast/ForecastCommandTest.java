package org.carbomt.tool.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastCommandTest {
    private static final String HEADER = "hour,status,massShortTons\n";

    private static Run run(String csv, String... more) {
        var args = new String[more.length + 2];
        args[0] = "forecast";
        args[1] = "-";
        System.arraycopy(more, 0, args, 2, more.length);
        return Run.of(csv.getBytes(StandardCharsets.UTF_8), args);
    }

    /** January to March of Afton 0001, the months of the demo: what the container says of the same hours. */
    @Test
    void forecastsWhatTheHoursCommandWrites() {
        var hours = Run.of("hours", "--method", "G-4", "--fc", "1040", "--column", "time=OP_DATE+OP_HOUR", "--time-format", "MM-dd-yyyy H", "--utc-offset", "-07:00", "--column", "heatInput=HEAT_INPUT (mmBtu)", "--column", "operatingTime=OP_TIME", "--column",
                "load=GLOAD (MW)", "--column", "flag=CO2_MASS_MEASURE_FLG", "--to", "2020-04-01T07:00:00Z", "--format", "csv", Run.resource("data/afton-0001-2020-01-08.csv"));
        var table = run(hours.out());
        assertEquals(Exit.OK, table.code(), table.err());
        assertTrue(table.out().contains("2020-04-01T07:00:00Z  80.1        89.7        99.1"), table.out());
        assertTrue(table.out().contains("by persistence"), table.out());
        assertEquals(25, run(hours.out(), "--format", "csv").out().lines().count());
        assertTrue(run(hours.out(), "--format", "json").out().startsWith("{\"method\":\"persistence\",\"hours\":[{\"hour\":\"2020-04-01T07:00:00Z\",\"low\":"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2020-01-01T07:30:00Z,MEASURED,1|the start of an hour", "yesterday,MEASURED,1|a time like", "2020-01-01T07:00:00Z,GUESSED,1|MEASURED, SUBSTITUTED, IDLE or MISSING", "2020-01-01T07:00:00Z,MEASURED,NaN|a number from 0",
        "2020-01-01T07:00:00Z,MEASURED,-1|a number from 0", "2020-01-01T07:00:00Z,MEASURED,|a number", "2020-01-01T07:00:00Z|as many cells", "2020-01-01T07:00:00Z,MISSING,|no measured or idle hour", "2020-01-01T07:00:00Z,IDLE,0|at least 576"})
    void saysWhatIsWrongAndWritesNothing(String line, String expected) {
        var run = run(HEADER + line + "\n");
        assertEquals(Exit.REFUSED, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains(expected), run.err());
    }

    @Test
    void refusesAnotherTableARepeatedHourAndAMistypedYear() {
        assertTrue(run("a,b\n1,2\n").err().contains("column hour is missing"));
        assertTrue(run(HEADER + "2020-01-01T07:00:00Z,IDLE,0\n".repeat(2)).err().contains("each hour once"));
        assertTrue(run(HEADER + "2020-01-01T07:00:00Z,IDLE,0\n+9020-01-01T07:00:00Z,IDLE,0\n".replace("+9020", "9020")).err().contains("at most 50 years"));
        assertEquals(Exit.UNREADABLE, Run.of("forecast", "/nowhere/hours.csv").code());
    }
}
