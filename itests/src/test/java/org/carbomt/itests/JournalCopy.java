package org.carbomt.itests;

import java.util.ArrayList;
import java.util.List;
import org.carbomt.demo.Api;

/** The whole journal, row by row, read through the API. */
final class JournalCopy {
    /** One reading as stored. @param time when it was measured, ISO */
    record Row(long sequence, String device, String time) {}

    private JournalCopy() {}

    static List<Row> of(Api api) {
        var rows = new ArrayList<Row>();
        for (long from = 0;;) {
            var page = api.get("/journal/entries?from=" + from + "&limit=5000").get("items");
            if (page.isEmpty()) return rows;
            for (var e : page) {
                for (var time : e.get("times")) rows.add(new Row(e.get("sequence").asLong(), e.get("deviceId").asText(), time.asText()));
                from = e.get("sequence").asLong() + 1;
            }
        }
    }
}
