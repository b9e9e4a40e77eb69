package org.carbomt.credits.registry;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carbomt.api.credit.Project;

/** Rows of the tables {@code credits_registry_*}. */
final class RegistryTables {
    private RegistryTables() {}

    /** What the chain does not know of an issuance. */
    record IssuanceRow(String id, String projectId, String hourBatchId, Instant from, Instant to, long tonnes, Map<String, BigDecimal> steps, String effectKey, Instant requestedAt) {}

    record RetirementRow(String id, String accountId, long tokenId, long tonnes, String beneficiary, String reason, String effectKey, Instant requestedAt) {}

    static void put(Connection c, Project p) throws SQLException {
        try (var delete = c.prepareStatement("delete from credits_registry_project where id = ?")) {
            delete.setString(1, p.id());
            delete.executeUpdate();
        }
        try (var s = c.prepareStatement("insert into credits_registry_project (id, project_name, country, source_id, methodology, baseline_batch, account_id, settings) values (?,?,?,?,?,?,?,?)")) {
            s.setString(1, p.id());
            s.setString(2, p.name());
            s.setString(3, p.country());
            s.setString(4, p.sourceId());
            s.setString(5, p.methodology());
            s.setString(6, p.baselineBatchId());
            s.setString(7, p.accountId());
            s.setString(8, text(new TreeMap<>(p.parameters())));
            s.executeUpdate();
        }
    }

    static List<Project> projects(Connection c) throws SQLException {
        var list = new ArrayList<Project>();
        try (var s = c.prepareStatement("select * from credits_registry_project order by id"); var r = s.executeQuery()) {
            while (r.next()) {
                list.add(new Project(r.getString("id"), r.getString("project_name"), r.getString("country"), r.getString("source_id"), r.getString("methodology"), r.getString("baseline_batch"), r.getString("account_id"),
                        decimals(r.getString("settings"))));
            }
        }
        return list;
    }

    static void insert(Connection c, IssuanceRow i) throws SQLException {
        try (var s = c.prepareStatement("insert into credits_registry_issuance (id, project_id, hour_batch, from_hour, to_hour, tonnes, steps, effect_key, requested_at) values (?,?,?,?,?,?,?,?,?)")) {
            s.setString(1, i.id);
            s.setString(2, i.projectId);
            s.setString(3, i.hourBatchId);
            s.setLong(4, i.from.toEpochMilli());
            s.setLong(5, i.to.toEpochMilli());
            s.setLong(6, i.tonnes);
            s.setString(7, text(i.steps));
            s.setString(8, i.effectKey);
            s.setLong(9, i.requestedAt.toEpochMilli());
            s.executeUpdate();
        }
    }

    static List<IssuanceRow> issuances(Connection c) throws SQLException {
        var list = new ArrayList<IssuanceRow>();
        try (var s = c.prepareStatement("select * from credits_registry_issuance order by requested_at desc, id"); var r = s.executeQuery()) {
            while (r.next()) {
                list.add(new IssuanceRow(r.getString("id"), r.getString("project_id"), r.getString("hour_batch"), time(r, "from_hour"), time(r, "to_hour"), r.getLong("tonnes"), decimals(r.getString("steps")), r.getString("effect_key"),
                        time(r, "requested_at")));
            }
        }
        return list;
    }

    static void insert(Connection c, RetirementRow t) throws SQLException {
        try (var s = c.prepareStatement("insert into credits_registry_retirement (id, account_id, token_id, tonnes, beneficiary, reason, effect_key, requested_at) values (?,?,?,?,?,?,?,?)")) {
            s.setString(1, t.id);
            s.setString(2, t.accountId);
            s.setLong(3, t.tokenId);
            s.setLong(4, t.tonnes);
            s.setString(5, t.beneficiary);
            s.setString(6, t.reason);
            s.setString(7, t.effectKey);
            s.setLong(8, t.requestedAt.toEpochMilli());
            s.executeUpdate();
        }
    }

    static List<RetirementRow> retirements(Connection c) throws SQLException {
        var list = new ArrayList<RetirementRow>();
        try (var s = c.prepareStatement("select * from credits_registry_retirement order by requested_at desc, id"); var r = s.executeQuery()) {
            while (r.next()) {
                var reason = r.getString("reason");
                list.add(new RetirementRow(r.getString("id"), r.getString("account_id"), r.getLong("token_id"), r.getLong("tonnes"), r.getString("beneficiary"), reason == null ? "" : reason, r.getString("effect_key"), time(r, "requested_at")));
            }
        }
        return list;
    }

    private static Instant time(ResultSet r, String column) throws SQLException {
        return Instant.ofEpochMilli(r.getLong(column));
    }

    private static String text(Map<String, BigDecimal> values) {
        return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().toPlainString()).collect(Collectors.joining("\n"));
    }

    private static Map<String, BigDecimal> decimals(String text) {
        var values = new LinkedHashMap<String, BigDecimal>();
        if (text != null) text.lines().forEach(line -> values.put(line.substring(0, line.indexOf('=')), new BigDecimal(line.substring(line.indexOf('=') + 1))));
        return values;
    }
}
