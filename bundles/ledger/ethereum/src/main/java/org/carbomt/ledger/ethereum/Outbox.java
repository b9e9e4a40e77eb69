package org.carbomt.ledger.ethereum;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.EffectState.Status;
import org.slf4j.MDC;

/** Rows of the table {@code ledger_ethereum_effect}. */
final class Outbox {
    /** Account id of the registry's own key. */
    static final String REGISTRY = "registry";

    /** Under this key the log context has the trace id of the call that is being answered (W3C Trace Context, 32 hex digits). */
    static final String TRACE = "trace.id";

    private Outbox() {}

    record Row(String key, String kind, String sender, Optional<String> contract, String data, Status status, Optional<Long> nonce, Optional<String> raw, Optional<String> transaction, Optional<Long> block, int attempts, String reason,
            Map<String, String> result, Instant requestedAt, Instant updatedAt, Optional<String> trace) {
        EffectState state() {
            return new EffectState(key, kind, status, transaction, block, reason, result, requestedAt, updatedAt);
        }
    }

    /** Adds the call under its key, or finds it. Another call under the same key is a conflict. */
    static Row add(Connection c, String key, Contracts.Call call, Instant now) throws SQLException {
        var hash = Hash.sha256((call.sender() + "|" + call.contract().orElse("") + "|" + call.data()).getBytes(java.nio.charset.StandardCharsets.US_ASCII)).hex();
        try (var s = c.prepareStatement("select content_hash from ledger_ethereum_effect where business_key = ?")) {
            s.setString(1, key);
            try (var r = s.executeQuery()) {
                if (r.next()) {
                    if (!r.getString(1).equals(hash)) throw new CarboException.Conflict(new Problem("effect.differs", "businessKey", key, "the effect that was asked for under this key before, or a new key"));
                    return find(c, key).orElseThrow();
                }
            }
        }
        try (var s = c.prepareStatement("insert into ledger_ethereum_effect (business_key, seq, kind, sender, contract, call_data, content_hash, state, attempts, requested_at, updated_at, trace_id)"
                + " values (?, (select coalesce(max(seq), 0) + 1 from ledger_ethereum_effect), ?, ?, ?, ?, ?, 'REQUESTED', 0, ?, ?, ?)")) {
            s.setString(1, key);
            s.setString(2, call.kind());
            s.setString(3, call.sender());
            s.setString(4, call.contract().orElse("-"));
            s.setString(5, call.data());
            s.setString(6, hash);
            s.setLong(7, now.toEpochMilli());
            s.setLong(8, now.toEpochMilli());
            s.setString(9, MDC.get(TRACE));
            s.executeUpdate();
        }
        return find(c, key).orElseThrow();
    }

    static Optional<Row> find(Connection c, String key) throws SQLException {
        return rows(c, "business_key = ?", 1, key).stream().findFirst();
    }

    /** What is not finished, oldest first. */
    static List<Row> open(Connection c, int limit) throws SQLException {
        return rows(c, "state in ('REQUESTED', 'SENT') order by seq", limit);
    }

    static List<Row> newest(Connection c, Optional<Status> status, int limit) throws SQLException {
        return status.isPresent() ? rows(c, "state = ? order by seq desc", limit, status.get().name()) : rows(c, "1 = 1 order by seq desc", limit);
    }

    /** @param oldest when the oldest effect that is not finished was asked for, empty when all are finished */
    record Waiting(Map<Status, Long> counts, Optional<Instant> oldest) {}

    static Waiting waiting(Connection c) throws SQLException {
        var counts = new EnumMap<Status, Long>(Status.class);
        long oldest = Long.MAX_VALUE;
        try (var s = c.prepareStatement("select state, count(*), min(requested_at) from ledger_ethereum_effect where state in ('REQUESTED', 'SENT') group by state"); var r = s.executeQuery()) {
            while (r.next()) {
                counts.put(Status.valueOf(r.getString(1)), r.getLong(2));
                oldest = Math.min(oldest, r.getLong(3));
            }
        }
        return new Waiting(counts, counts.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)));
    }

    private static List<Row> rows(Connection c, String where, int limit, String... arguments) throws SQLException {
        var list = new ArrayList<Row>();
        try (var s = c.prepareStatement("select * from ledger_ethereum_effect where " + where)) {
            s.setMaxRows(limit);
            for (int i = 0; i < arguments.length; i++) s.setString(i + 1, arguments[i]);
            try (var r = s.executeQuery()) {
                while (r.next()) list.add(row(r));
            }
        }
        return list;
    }

    private static Row row(ResultSet r) throws SQLException {
        var contract = r.getString("contract");
        var result = new LinkedHashMap<String, String>();
        var outcome = r.getString("outcome");
        if (outcome != null) outcome.lines().forEach(line -> result.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        var reason = r.getString("reason");
        return new Row(r.getString("business_key"), r.getString("kind"), r.getString("sender"), contract.equals("-") ? Optional.empty() : Optional.of(contract), r.getString("call_data"), Status.valueOf(r.getString("state")),
                number(r, "nonce"), Optional.ofNullable(r.getString("raw_transaction")), Optional.ofNullable(r.getString("transaction_hash")), number(r, "block"), r.getInt("attempts"), reason == null ? "" : reason, result,
                Instant.ofEpochMilli(r.getLong("requested_at")), Instant.ofEpochMilli(r.getLong("updated_at")), Optional.ofNullable(r.getString("trace_id")));
    }

    private static Optional<Long> number(ResultSet r, String column) throws SQLException {
        long value = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** Next nonce of a sender after what is signed so far. */
    static long nextNonce(Connection c, String sender) throws SQLException {
        try (var s = c.prepareStatement("select max(nonce) from ledger_ethereum_effect where sender = ?")) {
            s.setString(1, sender);
            try (var r = s.executeQuery()) {
                r.next();
                long last = r.getLong(1);
                return r.wasNull() ? 0 : last + 1;
            }
        }
    }

    static void signed(Connection c, String key, long nonce, String raw, String transaction, Instant now) throws SQLException {
        try (var s = c.prepareStatement("update ledger_ethereum_effect set state = 'SENT', nonce = ?, raw_transaction = ?, transaction_hash = ?, updated_at = ? where business_key = ?")) {
            s.setLong(1, nonce);
            s.setString(2, raw);
            s.setString(3, transaction);
            s.setLong(4, now.toEpochMilli());
            s.setString(5, key);
            s.executeUpdate();
        }
    }

    static void done(Connection c, String key, String transaction, long block, Map<String, String> result, Instant now) throws SQLException {
        try (var s = c.prepareStatement("update ledger_ethereum_effect set state = 'DONE', transaction_hash = ?, block = ?, outcome = ?, reason = null, updated_at = ? where business_key = ?")) {
            s.setString(1, transaction);
            s.setLong(2, block);
            s.setString(3, result.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining("\n")));
            s.setLong(4, now.toEpochMilli());
            s.setString(5, key);
            s.executeUpdate();
        }
    }

    static void refused(Connection c, String key, String reason, Instant now) throws SQLException {
        try (var s = c.prepareStatement("update ledger_ethereum_effect set state = 'REFUSED', reason = ?, updated_at = ? where business_key = ?")) {
            s.setString(1, reason.length() > 2000 ? reason.substring(0, 2000) : reason);
            s.setLong(2, now.toEpochMilli());
            s.setString(3, key);
            s.executeUpdate();
        }
    }

    /** Its transaction failed in a block: nothing happened, its nonce is used up. */
    static void again(Connection c, String key, Instant now) throws SQLException {
        try (var s = c.prepareStatement("update ledger_ethereum_effect set state = 'REQUESTED', attempts = attempts + 1, updated_at = ? where business_key = ?")) {
            s.setLong(1, now.toEpochMilli());
            s.setString(2, key);
            s.executeUpdate();
        }
    }
}
