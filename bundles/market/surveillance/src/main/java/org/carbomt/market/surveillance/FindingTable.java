package org.carbomt.market.surveillance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.market.MarketFinding;
import org.carbomt.api.market.MarketFindings;
import org.carbomt.api.store.Database;
import org.carbomt.api.verification.Severity;

/** Findings in the store, table {@code market_surveillance_finding}. */
final class FindingTable implements MarketFindings {
    private final Database database;

    FindingTable(Database database) {
        this.database = database;
    }

    /** Adds those that are new. @return how many were */
    int add(List<MarketFinding> findings) {
        return findings.isEmpty() ? 0 : database.transact(c -> {
            int fresh = 0;
            for (var f : findings) {
                if (rows(c, "id = ?", 1, f.id()).isEmpty()) {
                    insert(c, f);
                    fresh++;
                }
            }
            return fresh;
        });
    }

    @Override
    public List<MarketFinding> list(boolean open, Optional<String> account, int limit) {
        var where = (open ? "cleared_by is null" : "1 = 1") + (account.isPresent() ? " and accounts like ?" : "");
        return database.read(c -> rows(c, where, limit, account.map(a -> "%\n" + a + "\n%").stream().toArray(String[]::new)));
    }

    @Override
    public Optional<MarketFinding> find(String id) {
        return database.read(c -> rows(c, "id = ?", 1, id)).stream().findFirst();
    }

    @Override
    public MarketFinding clear(String id, String personId, String reason) {
        if (reason == null || reason.isBlank() || reason.length() > 1000) throw new CarboException.Invalid(new Problem("finding.reason", "reason", reason, "1 to 1000 characters"));
        var now = database.transact(c -> {
            try (var s = c.prepareStatement("update market_surveillance_finding set cleared_by = ?, cleared_reason = ? where id = ? and cleared_by is null")) {
                s.setString(1, personId);
                s.setString(2, reason);
                s.setString(3, id);
                s.executeUpdate();
            }
            return rows(c, "id = ?", 1, id).stream().findFirst();
        }).orElseThrow(() -> new CarboException.NotFound("finding", id));
        if (!now.clearedBy().equals(Optional.of(personId)) || !now.clearedReason().equals(reason)) throw new CarboException.Conflict(new Problem("finding.cleared", "finding", id, "one that nobody has judged; " + now.clearedBy().orElse("") + " has"));
        return now;
    }

    private static List<MarketFinding> rows(Connection c, String where, int limit, String... arguments) throws SQLException {
        var list = new ArrayList<MarketFinding>();
        try (var s = c.prepareStatement("select * from market_surveillance_finding where " + where + " order by found_at desc, id")) {
            s.setMaxRows(limit);
            for (int i = 0; i < arguments.length; i++) s.setString(i + 1, arguments[i]);
            try (var r = s.executeQuery()) {
                while (r.next()) list.add(row(r));
            }
        }
        return list;
    }

    private static MarketFinding row(ResultSet r) throws SQLException {
        var evidence = new TreeMap<String, String>();
        r.getString("evidence").lines().forEach(line -> evidence.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        var reason = r.getString("cleared_reason");
        return new MarketFinding(r.getString("id"), r.getString("rule_id"), r.getString("rule_version"), Severity.valueOf(r.getString("severity")), r.getLong("token_id"), r.getString("message"), lines(r.getString("accounts")), lines(r.getString("order_ids")), evidence,
                Instant.ofEpochMilli(r.getLong("found_at")), Optional.ofNullable(r.getString("cleared_by")), reason == null ? "" : reason);
    }

    private static List<String> lines(String text) {
        return text.lines().filter(l -> !l.isEmpty()).toList();
    }

    private static void insert(Connection c, MarketFinding f) throws SQLException {
        try (var s = c.prepareStatement("insert into market_surveillance_finding (id, rule_id, rule_version, severity, token_id, message, accounts, order_ids, evidence, found_at) values (?,?,?,?,?,?,?,?,?,?)")) {
            s.setString(1, f.id());
            s.setString(2, f.rule());
            s.setString(3, f.ruleVersion());
            s.setString(4, f.severity().name());
            s.setLong(5, f.tokenId());
            s.setString(6, cut(f.message(), 1000));
            s.setString(7, "\n" + String.join("\n", f.accounts()) + "\n");
            s.setString(8, String.join("\n", f.orders()));
            s.setString(9, cut(new TreeMap<>(f.evidence()).entrySet().stream().map(FindingTable::line).collect(Collectors.joining("\n")), 4000));
            s.setLong(10, f.at().toEpochMilli());
            s.executeUpdate();
        }
    }

    private static String line(Map.Entry<String, String> e) {
        return e.getKey() + "=" + e.getValue().replace('\n', ' ');
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
