package org.carbomt.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recording of {@code data/}, row by row, by column name. */
public final class Recording {
    private Recording() {}

    public static List<Map<String, String>> rows(String file, String separator) {
        try (var in = new BufferedReader(new InputStreamReader(Recording.class.getResourceAsStream("/data/" + file), StandardCharsets.UTF_8))) {
            var names = in.readLine().replace("\"", "").split(separator);
            return in.lines().filter(line -> !line.isBlank()).map(line -> row(names, line.replace("\"", "").split(separator, -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static Map<String, String> row(String[] names, String[] values) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.length && i < values.length; i++) row.put(names[i], values[i]);
        return row;
    }
}
