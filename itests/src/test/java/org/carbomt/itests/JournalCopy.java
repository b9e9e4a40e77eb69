package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carbomt.demo.Api;

/** The journal, row by row, read through the API. */
final class JournalCopy {
    private static final List<String> CHANNELS = List.of("pm25", "co2", "heatInput");

    /** One reading as stored. @param value of pm25, co2 or heatInput, NaN when it has none of them */
    record Row(long sequence, String device, long timeMillis, double value) {}

    private JournalCopy() {}

    static List<Row> of(Api api) {
        return of(api, 0);
    }

    /** Entries from that sequence on. */
    static List<Row> of(Api api, long first) {
        var rows = new ArrayList<Row>();
        for (long from = first;;) {
            var page = api.get("/journal/entries?from=" + from + "&limit=5000").get("items");
            if (page.isEmpty()) return rows;
            for (var entry : page) {
                add(rows, entry);
                from = entry.get("sequence").asLong() + 1;
            }
        }
    }

    private static void add(List<Row> rows, JsonNode entry) {
        int r = 0;
        for (var time : entry.get("times")) rows.add(new Row(entry.get("sequence").asLong(), entry.get("deviceId").asText(), Instant.parse(time.asText()).toEpochMilli(), value(entry.get("values"), r++)));
    }

    private static double value(JsonNode values, int row) {
        for (var channel : CHANNELS) {
            var value = values.path(channel).path(row);
            if (value.isNumber()) return value.asDouble();
        }
        return Double.NaN;
    }
}
