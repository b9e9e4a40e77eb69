package org.carbomt.field.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Quarantine;
import org.carbomt.api.store.Database;

/**
 * What could not be used, in the store. Ids grow with time ({@code q} and 19 digits), so that a page is a range of ids. Of a flood only the first messages a
 * minute and device are kept; the rest is counted.
 */
final class QuarantineTable {
    private static final int PAYLOAD_KEPT = 64 << 10;
    private static final String COLUMNS = "id, arrived_at, device_id, protocol, source, content_type, f_port, frame_counter, sent_at, received_at, payload, code, field, offending, expected, state, handled_by, note, fingerprint, times";

    private record Minute(long minute, int kept) {}

    private final Database database;
    private final Clock clock;
    private final int keptPerMinute;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Map<String, Minute> rates = new ConcurrentHashMap<>();

    QuarantineTable(Database database, Clock clock, int keptPerMinute) {
        this.database = database;
        this.clock = clock;
        this.keptPerMinute = keptPerMinute;
    }

    /** Entries that nobody has handled. */
    long held() {
        return database.<Long>read(c -> {
            try (var s = c.prepareStatement("select count(*) from field_intake_quarantine where state = 'HELD'"); var r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        });
    }

    /** Whether one more of that device may be kept in this minute. */
    boolean mayKeep(String deviceId) {
        long minute = clock.millis() / 60_000;
        if (rates.size() > 20_000) rates.values().removeIf(m -> m.minute < minute);
        var now = rates.merge(deviceId, new Minute(minute, 1), (a, b) -> a.minute == minute ? new Minute(minute, a.kept + 1) : b);
        if (now.kept <= keptPerMinute) return true;
        dropped.incrementAndGet();
        return false;
    }

    /** Messages that were over the limit and are only counted, since start. */
    long dropped() {
        return dropped.get();
    }

    /** The same message with the same fault, sent again while the first is still held, is one entry. */
    String keep(Arrival a, Problem p) {
        var fingerprint = CanonicalJson.hash(List.of(a.protocol(), cut(a.deviceId(), 200), p.code(), cut(p.field(), 500), cut(p.value(), 1000), Hash.sha256(a.payload()).hex())).hex();
        return database.transact(c -> {
            var before = held(c, fingerprint);
            if (before.isPresent()) return before.get();
            var id = "q%019d".formatted(lastId.accumulateAndGet(clock.millis() * 1_000_000, (last, now) -> Math.max(last + 1, now)));
            insert(c, id, a, p, fingerprint);
            return id;
        });
    }

    private static Optional<String> held(Connection c, String fingerprint) throws SQLException {
        try (var s = c.prepareStatement("select id from field_intake_quarantine where fingerprint = ? and state = 'HELD'")) {
            s.setString(1, fingerprint);
            try (var r = s.executeQuery()) {
                if (!r.next()) return Optional.empty();
                var id = r.getString(1);
                try (var u = c.prepareStatement("update field_intake_quarantine set times = times + 1 where id = ?")) {
                    u.setString(1, id);
                    u.executeUpdate();
                }
                return Optional.of(id);
            }
        }
    }

    private int insert(Connection c, String id, Arrival a, Problem p, String fingerprint) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("insert into field_intake_quarantine (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            s.setString(1, id);
            s.setLong(2, clock.millis());
            s.setString(3, cut(a.deviceId(), 200));
            s.setString(4, a.protocol());
            s.setString(5, cut(a.source(), 500));
            s.setString(6, cut(a.contentType(), 200));
            if (a.fPort().isPresent()) s.setInt(7, a.fPort().getAsInt());
            else s.setNull(7, Types.INTEGER);
            if (a.counter().isPresent()) s.setLong(8, a.counter().getAsLong());
            else s.setNull(8, Types.BIGINT);
            if (a.sentAt().isPresent()) s.setLong(9, a.sentAt().get().toEpochMilli());
            else s.setNull(9, Types.BIGINT);
            s.setLong(10, a.receivedAt().toEpochMilli());
            s.setBytes(11, a.payload().length > PAYLOAD_KEPT ? Arrays.copyOf(a.payload(), PAYLOAD_KEPT) : a.payload());
            s.setString(12, cut(p.code(), 100));
            s.setString(13, cut(p.field(), 500));
            s.setString(14, cut(p.value(), 1000));
            s.setString(15, cut(p.expected(), 2000));
            s.setString(16, "HELD");
            s.setString(17, "");
            s.setString(18, a.payload().length > PAYLOAD_KEPT ? "the first " + PAYLOAD_KEPT + " of " + a.payload().length + " bytes" : "");
            s.setString(19, fingerprint);
            s.setInt(20, 1);
            return s.executeUpdate();
        }
    }

    private static String cut(String text, int length) {
        if (text == null) return "";
        var printable = text.replace('\0', '?');
        return printable.length() > length ? printable.substring(0, length) : printable;
    }

    List<Quarantine.Entry> list(Optional<String> device, Optional<String> before, int limit) {
        var sql = "select " + COLUMNS + " from field_intake_quarantine where id < ?" + (device.isPresent() ? " and device_id = ?" : "") + " order by id desc fetch first " + limit + " rows only";
        return database.read(c -> {
            try (var s = c.prepareStatement(sql)) {
                s.setString(1, before.orElse("r"));
                if (device.isPresent()) s.setString(2, device.get());
                return entries(s);
            }
        });
    }

    Optional<Quarantine.Entry> find(String id) {
        return database.read(c -> {
            try (var s = c.prepareStatement("select " + COLUMNS + " from field_intake_quarantine where id = ?")) {
                s.setString(1, id);
                return entries(s).stream().findFirst();
            }
        });
    }

    private static List<Quarantine.Entry> entries(PreparedStatement s) throws SQLException {
        var out = new ArrayList<Quarantine.Entry>();
        try (ResultSet r = s.executeQuery()) {
            while (r.next()) {
                int port = r.getInt(7);
                var fPort = r.wasNull() ? OptionalInt.empty() : OptionalInt.of(port);
                long count = r.getLong(8);
                var counter = r.wasNull() ? OptionalLong.empty() : OptionalLong.of(count);
                long sent = r.getLong(9);
                var sentAt = r.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(sent));
                var arrival = new Arrival(r.getString(4), r.getString(5), r.getString(3), r.getBytes(11), r.getString(6), fPort, counter, sentAt, Instant.ofEpochMilli(r.getLong(10)));
                out.add(new Quarantine.Entry(r.getString(1), arrival, new Problem(r.getString(12), r.getString(13), r.getString(14), r.getString(15)), Instant.ofEpochMilli(r.getLong(2)), r.getString(16), r.getString(17), r.getString(18), r.getInt(20)));
            }
        }
        return out;
    }

    /** HELD to another state; Conflict when it was handled before. */
    void handle(String id, String state, String by, String note) {
        int changed = database.<Integer>transact(c -> {
            try (var s = c.prepareStatement("update field_intake_quarantine set state = ?, handled_by = ?, note = ? where id = ? and state = 'HELD'")) {
                s.setString(1, state);
                s.setString(2, by);
                s.setString(3, cut(note, 2000));
                s.setString(4, id);
                return s.executeUpdate();
            }
        });
        if (changed == 0) throw new CarboException.Conflict(new Problem("quarantine.handled", "id", id, "an entry that is still held"));
    }
}
