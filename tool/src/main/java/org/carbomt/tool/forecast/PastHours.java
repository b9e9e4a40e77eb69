package org.carbomt.tool.forecast;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.carbomt.tool.Failure;

/**
 * Hours from the first known one to the last listed one.
 *
 * @param values short tons; NaN where missing, substituted or not listed
 */
record PastHours(Instant first, double[] values) {
    private static final List<String> COLUMNS = List.of("hour", "status", "massShortTons");
    /** A span beyond this is a mistyped year, not a record. */
    private static final long MOST_HOURS = 24L * 366 * 50;

    static PastHours read(String file, BufferedReader lines) throws IOException {
        var header = lines.readLine();
        var names = header == null ? List.<String>of() : Arrays.asList(header.split(",", -1));
        for (var column : COLUMNS) {
            if (!names.contains(column)) throw Failure.refused(file + ": column " + column + " is missing; expected what 'carbomt hours --format csv' writes");
        }
        var listed = new TreeMap<Instant, Double>();
        int number = 1;
        for (String line; (line = lines.readLine()) != null;) {
            number++;
            var cells = line.split(",", -1);
            var at = COLUMNS.stream().mapToInt(names::indexOf).toArray();
            if (cells.length <= Math.max(at[0], Math.max(at[1], at[2]))) throw wrong(file, number, "line", line, "as many cells as columns");
            var hour = hour(file, number, cells[at[0]]);
            if (listed.put(hour, value(file, number, cells[at[1]], cells[at[2]])) != null) throw wrong(file, number, "hour", cells[at[0]], "each hour once");
        }
        while (!listed.isEmpty() && Double.isNaN(listed.firstEntry().getValue())) listed.pollFirstEntry();
        if (listed.isEmpty()) throw Failure.refused(file + ": no measured or idle hour; there is nothing to learn from");
        long span = Duration.between(listed.firstKey(), listed.lastKey()).toHours() + 1;
        if (span > MOST_HOURS) throw Failure.refused(file + ": hours from " + listed.firstKey() + " to " + listed.lastKey() + "; expected at most 50 years");
        var values = new double[(int) span];
        Arrays.fill(values, Double.NaN);
        listed.forEach((hour, value) -> values[(int) Duration.between(listed.firstKey(), hour).toHours()] = value);
        return new PastHours(listed.firstKey(), values);
    }

    private static Instant hour(String file, int line, String text) {
        try {
            var time = Instant.parse(text);
            if (time.equals(time.truncatedTo(ChronoUnit.HOURS))) return time;
        } catch (DateTimeException e) {
            throw wrong(file, line, "hour", text, "a time like 2020-01-01T07:00:00Z");
        }
        throw wrong(file, line, "hour", text, "the start of an hour");
    }

    private static double value(String file, int line, String status, String mass) {
        switch (status) {
            case "MISSING", "SUBSTITUTED":
                return Double.NaN;
            case "MEASURED", "IDLE":
                break;
            default:
                throw wrong(file, line, "status", status, "MEASURED, SUBSTITUTED, IDLE or MISSING");
        }
        try {
            double value = Double.parseDouble(mass);
            if (value >= 0 && value < 1e9) return value;
        } catch (NumberFormatException e) {
            throw wrong(file, line, "massShortTons", mass, "a number");
        }
        throw wrong(file, line, "massShortTons", mass, "a number from 0 to 1e9");
    }

    private static Failure wrong(String file, int line, String field, String value, String expected) {
        return Failure.refused(file + ", line " + line + ": value.malformed: " + field + " = " + value + "; expected " + expected);
    }
}
