package org.carbomt.emissions.hours;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSource.ChannelRef;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.reading.Grade;

/** Rows of the tables {@code emissions_hours_*}. */
final class HourTables {
    private static final String RECORD = "source_id, hour_start, version, state, mass_short_tons, uncertainty_percent, grade, rule_book, method_id, clause, reason, steps, readings_root, first_sequence, entries, recorded_at";

    private HourTables() {}

    /** An hour that must be computed. @param markedAt when its readings last changed. @param whole true when a row of a plant data system completed it */
    record Due(Instant hour, long markedAt, boolean whole) {}

    // ---- sources

    static List<EmissionSource> newestSources(Connection c) throws SQLException {
        var byId = new TreeMap<String, EmissionSource>();
        try (var s = c.prepareStatement("select * from emissions_hours_source order by id, version"); var r = s.executeQuery()) {
            while (r.next()) byId.put(r.getString("id"), source(r));
        }
        return List.copyOf(byId.values());
    }

    /** The source as it was known at that time; the first version when it is younger. */
    static Optional<EmissionSource> sourceAt(Connection c, String id, Instant at) throws SQLException {
        EmissionSource found = null;
        try (var s = c.prepareStatement("select * from emissions_hours_source where id = ? order by version")) {
            s.setString(1, id);
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    if (found == null || r.getLong("recorded_at") <= at.toEpochMilli()) found = source(r);
                }
            }
        }
        return Optional.ofNullable(found);
    }

    static void insertSource(Connection c, EmissionSource source, Instant now) throws SQLException {
        try (var s = c.prepareStatement("insert into emissions_hours_source (id, version, site_id, source_name, rule_book, method_id, inputs, parameters, operator_id, accounting_from, recorded_at)"
                + " values (?, (select coalesce(max(version), 0) + 1 from emissions_hours_source where id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            s.setString(1, source.id());
            s.setString(2, source.id());
            s.setString(3, source.siteId());
            s.setString(4, source.name());
            s.setString(5, source.ruleBook());
            s.setString(6, source.method());
            s.setString(7, source.inputs().entrySet().stream().sorted(Map.Entry.comparingByKey()).map(e -> e.getKey() + "=" + e.getValue().deviceId() + "/" + e.getValue().channel()).collect(Collectors.joining("\n")));
            s.setString(8, decimals(new TreeMap<>(source.parameters())));
            s.setString(9, source.operatorId());
            if (source.accountingFrom().isPresent()) {
                s.setLong(10, source.accountingFrom().get().toEpochMilli());
            } else {
                s.setNull(10, Types.BIGINT);
            }
            s.setLong(11, now.toEpochMilli());
            s.executeUpdate();
        }
    }

    private static EmissionSource source(ResultSet r) throws SQLException {
        var inputs = new LinkedHashMap<String, ChannelRef>();
        for (var line : lines(r.getString("inputs"))) {
            var role = line.substring(0, line.indexOf('='));
            var ref = line.substring(role.length() + 1);
            inputs.put(role, new ChannelRef(ref.substring(0, ref.indexOf('/')), ref.substring(ref.indexOf('/') + 1)));
        }
        long from = r.getLong("accounting_from");
        var accountingFrom = r.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(from));
        return new EmissionSource(r.getString("id"), r.getString("site_id"), r.getString("source_name"), r.getString("rule_book"), r.getString("method_id"), inputs, decimals(r.getString("parameters")),
                r.getString("operator_id"), accountingFrom);
    }

    // ---- records

    static List<HourlyRecord> records(Connection c, String sourceId, Instant from, Instant to) throws SQLException {
        var list = new ArrayList<HourlyRecord>();
        try (var s = c.prepareStatement("select " + RECORD + " from emissions_hours_record where source_id = ? and hour_start >= ? and hour_start < ? order by hour_start, version")) {
            s.setString(1, sourceId);
            s.setLong(2, from.toEpochMilli());
            s.setLong(3, to.toEpochMilli());
            try (var r = s.executeQuery()) {
                while (r.next()) list.add(record(r));
            }
        }
        return list;
    }

    static SortedMap<Instant, HourlyRecord> newest(Connection c, String sourceId, Instant from, Instant to, Instant knownOn) throws SQLException {
        var byHour = new TreeMap<Instant, HourlyRecord>();
        for (var record : records(c, sourceId, from, to)) {
            if (!record.recordedAt().isAfter(knownOn)) byHour.put(record.hourStart(), record);
        }
        return byHour;
    }

    static Optional<Instant> edge(Connection c, String sourceId, String function) throws SQLException {
        try (var s = c.prepareStatement("select " + function + "(hour_start) from emissions_hours_record where source_id = ?")) {
            s.setString(1, sourceId);
            try (var r = s.executeQuery()) {
                r.next();
                long hour = r.getLong(1);
                return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(hour));
            }
        }
    }

    static void insert(Connection c, List<HourlyRecord> records) throws SQLException {
        try (var s = c.prepareStatement("insert into emissions_hours_record (" + RECORD + ") values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            for (var h : records) {
                s.setString(1, h.sourceId());
                s.setLong(2, h.hourStart().toEpochMilli());
                s.setInt(3, h.version());
                s.setString(4, h.status().name());
                s.setString(5, h.massShortTons().map(BigDecimal::toPlainString).orElse(null));
                s.setString(6, h.uncertaintyPercent().map(BigDecimal::toPlainString).orElse(null));
                s.setString(7, h.grade().name());
                s.setString(8, h.ruleBook());
                s.setString(9, h.method());
                s.setString(10, h.clause());
                s.setString(11, h.reason());
                s.setString(12, decimals(h.steps()));
                s.setString(13, h.readingsRoot().hex());
                s.setLong(14, h.firstSequence());
                s.setInt(15, h.entries());
                s.setLong(16, h.recordedAt().toEpochMilli());
                s.addBatch();
            }
            s.executeBatch();
        }
    }

    private static HourlyRecord record(ResultSet r) throws SQLException {
        return new HourlyRecord(r.getString(1), Instant.ofEpochMilli(r.getLong(2)), r.getInt(3), HourlyRecord.Status.valueOf(r.getString(4)), Optional.ofNullable(r.getString(5)).map(BigDecimal::new),
                Optional.ofNullable(r.getString(6)).map(BigDecimal::new), Grade.valueOf(r.getString(7)), r.getString(8), r.getString(9), text(r.getString(10)), text(r.getString(11)), decimals(r.getString(12)),
                Hash.parse(r.getString(13)), r.getLong(14), r.getInt(15), Instant.ofEpochMilli(r.getLong(16)));
    }

    // ---- due hours and progress

    static SortedMap<String, SortedMap<Instant, Due>> due(Connection c) throws SQLException {
        var due = new TreeMap<String, SortedMap<Instant, Due>>();
        try (var s = c.prepareStatement("select source_id, hour_start, marked_at, whole from emissions_hours_due"); var r = s.executeQuery()) {
            while (r.next()) due.computeIfAbsent(r.getString(1), k -> new TreeMap<>()).put(Instant.ofEpochMilli(r.getLong(2)), new Due(Instant.ofEpochMilli(r.getLong(2)), r.getLong(3), r.getInt(4) != 0));
        }
        return due;
    }

    static void mark(Connection c, String sourceId, Iterable<Due> hours) throws SQLException {
        try (var delete = c.prepareStatement("delete from emissions_hours_due where source_id = ? and hour_start = ?");
                var insert = c.prepareStatement("insert into emissions_hours_due (source_id, hour_start, marked_at, whole) values (?,?,?,?)")) {
            for (var due : hours) {
                delete.setString(1, sourceId);
                delete.setLong(2, due.hour.toEpochMilli());
                delete.addBatch();
                insert.setString(1, sourceId);
                insert.setLong(2, due.hour.toEpochMilli());
                insert.setLong(3, due.markedAt);
                insert.setInt(4, due.whole ? 1 : 0);
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
    }

    static void unmark(Connection c, String sourceId, Iterable<Instant> hours) throws SQLException {
        try (var s = c.prepareStatement("delete from emissions_hours_due where source_id = ? and hour_start = ?")) {
            for (var hour : hours) {
                s.setString(1, sourceId);
                s.setLong(2, hour.toEpochMilli());
                s.addBatch();
            }
            s.executeBatch();
        }
    }

    static long progress(Connection c) throws SQLException {
        try (var s = c.prepareStatement("select next_sequence from emissions_hours_progress where id = 'journal'"); var r = s.executeQuery()) {
            r.next();
            return r.getLong(1);
        }
    }

    static void progress(Connection c, long next) throws SQLException {
        try (var s = c.prepareStatement("update emissions_hours_progress set next_sequence = ? where id = 'journal'")) {
            s.setLong(1, next);
            s.executeUpdate();
        }
    }

    // ---- text columns

    private static String decimals(Map<String, BigDecimal> values) {
        return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().toPlainString()).collect(Collectors.joining("\n"));
    }

    private static Map<String, BigDecimal> decimals(String text) {
        var values = new LinkedHashMap<String, BigDecimal>();
        for (var line : lines(text)) values.put(line.substring(0, line.indexOf('=')), new BigDecimal(line.substring(line.indexOf('=') + 1)));
        return values;
    }

    private static List<String> lines(String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().toList();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
