package org.carbomt.forecast;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carbomt.api.forecast.Forecast;
import org.carbomt.api.store.Database;

/** Forecasts in the store, table {@code forecast_issued}: one for each source and first hour. Hours and scores are lines of numbers, which read back as they were. */
final class ForecastTable {
    private final Database database;

    ForecastTable(Database database) {
        this.database = database;
    }

    boolean has(String sourceId, Instant firstHour) {
        return database.read(c -> has(c, sourceId, firstHour));
    }

    private static boolean has(Connection c, String sourceId, Instant firstHour) throws SQLException {
        try (var s = c.prepareStatement("select first_hour from forecast_issued where source_id = ? and first_hour = ?")) {
            key(s, sourceId, firstHour);
            try (var r = s.executeQuery()) {
                return r.next();
            }
        }
    }

    private static void key(PreparedStatement s, String sourceId, Instant firstHour) throws SQLException {
        s.setString(1, sourceId);
        s.setLong(2, firstHour.toEpochMilli());
    }

    /** Adds it; one of the same source and first hour stays as it was issued. */
    void add(Forecast f) {
        database.transact(c -> {
            if (!has(c, f.sourceId(), f.firstHour())) insert(c, f);
            return null;
        });
    }

    private static void insert(Connection c, Forecast f) throws SQLException {
        try (var s = c.prepareStatement("insert into forecast_issued (source_id, first_hour, issued_at, method_id, model, bands, scores) values (?,?,?,?,?,?,?)")) {
            key(s, f.sourceId(), f.firstHour());
            s.setLong(3, f.issuedAt().toEpochMilli());
            s.setString(4, f.method());
            s.setString(5, f.model());
            s.setString(6, f.hours().stream().map(h -> h.low() + " " + h.median() + " " + h.high()).collect(Collectors.joining("\n")));
            s.setString(7, f.judged().stream().map(j -> j.method() + " " + j.hours() + " " + j.pinball() + " " + j.meanAbsoluteError() + " " + j.withinPercent()).collect(Collectors.joining("\n")));
            s.executeUpdate();
        }
    }

    List<Forecast> find(String sourceId, int limit) {
        return database.read(c -> {
            var list = new ArrayList<Forecast>();
            try (var s = c.prepareStatement("select * from forecast_issued where source_id = ? order by first_hour desc")) {
                s.setMaxRows(limit);
                s.setString(1, sourceId);
                try (var r = s.executeQuery()) {
                    while (r.next()) list.add(row(r));
                }
            }
            return list;
        });
    }

    private static Forecast row(ResultSet r) throws SQLException {
        var first = Instant.ofEpochMilli(r.getLong("first_hour"));
        var hours = new ArrayList<Forecast.Hour>();
        for (var line : r.getString("bands").split("\n")) {
            var q = line.split(" ");
            hours.add(new Forecast.Hour(first.plus(Duration.ofHours(hours.size())), Double.parseDouble(q[0]), Double.parseDouble(q[1]), Double.parseDouble(q[2])));
        }
        var judged = r.getString("scores").lines().map(l -> l.split(" ")).map(w -> new Forecast.Score(w[0], Integer.parseInt(w[1]), Double.parseDouble(w[2]), Double.parseDouble(w[3]), Double.parseDouble(w[4]))).toList();
        return new Forecast(r.getString("source_id"), Instant.ofEpochMilli(r.getLong("issued_at")), r.getString("method_id"), r.getString("model"), hours, judged);
    }
}
