package org.carbomt.verification.workflow;

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
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.verification.Finding;
import org.carbomt.api.verification.Severity;
import org.carbomt.api.verification.VerificationCase;

/** Rows of the tables {@code verification_workflow_*}. */
final class CaseTables {
    private CaseTables() {}

    static void insert(Connection c, VerificationCase v) throws SQLException {
        try (var s = c.prepareStatement("insert into verification_workflow_case (id, source_id, from_hour, to_hour, hour_ids, hours_root, state, opened_by, opened_at) values (?,?,?,?,?,?,?,?,?)")) {
            s.setString(1, v.id());
            s.setString(2, v.sourceId());
            s.setLong(3, v.from().toEpochMilli());
            s.setLong(4, v.to().toEpochMilli());
            s.setString(5, String.join("\n", v.hourIds()));
            s.setString(6, v.hoursRoot().hex());
            s.setString(7, v.status().name());
            s.setString(8, v.openedBy());
            s.setLong(9, v.openedAt().toEpochMilli());
            s.executeUpdate();
        }
    }

    /** @return false when somebody else signed first */
    static boolean sign(Connection c, VerificationCase v) throws SQLException {
        var signature = v.signature().orElseThrow();
        try (var s = c.prepareStatement("update verification_workflow_case set state = ?, verifier_id = ?, public_key = ?, signed_statement = ?, signature = ?, reason = ?, signed_at = ? where id = ? and state = 'OPEN'")) {
            s.setString(1, v.status().name());
            s.setString(2, signature.verifierId());
            s.setString(3, signature.publicKey());
            s.setString(4, signature.statement());
            s.setString(5, signature.signature());
            s.setString(6, signature.reason());
            s.setLong(7, signature.at().toEpochMilli());
            s.setString(8, v.id());
            return s.executeUpdate() == 1;
        }
    }

    static List<VerificationCase> cases(Connection c, String where, String... arguments) throws SQLException {
        var list = new ArrayList<VerificationCase>();
        try (var s = c.prepareStatement("select * from verification_workflow_case where " + where + " order by opened_at desc, id")) {
            for (int i = 0; i < arguments.length; i++) s.setString(i + 1, arguments[i]);
            try (var r = s.executeQuery()) {
                while (r.next()) list.add(row(r));
            }
        }
        return list;
    }

    static Map<String, Long> byState(Connection c) throws SQLException {
        var counts = new TreeMap<String, Long>();
        try (var s = c.prepareStatement("select state, count(*) from verification_workflow_case group by state"); var r = s.executeQuery()) {
            while (r.next()) counts.put(r.getString(1), r.getLong(2));
        }
        return counts;
    }

    private static VerificationCase row(ResultSet r) throws SQLException {
        var signature = r.getString("verifier_id") == null ? Optional.<VerificationCase.Signature>empty()
                : Optional.of(new VerificationCase.Signature(r.getString("verifier_id"), r.getString("public_key"), r.getString("signed_statement"), r.getString("signature"), text(r.getString("reason")), Instant.ofEpochMilli(r.getLong("signed_at"))));
        return new VerificationCase(r.getString("id"), r.getString("source_id"), Instant.ofEpochMilli(r.getLong("from_hour")), Instant.ofEpochMilli(r.getLong("to_hour")), r.getString("hour_ids").lines().toList(),
                Hash.parse(r.getString("hours_root")), VerificationCase.Status.valueOf(r.getString("state")), r.getString("opened_by"), Instant.ofEpochMilli(r.getLong("opened_at")), signature);
    }

    static void insert(Connection c, String caseId, List<Finding> findings) throws SQLException {
        try (var s = c.prepareStatement("insert into verification_workflow_finding (id, case_id, ordinal, check_id, check_version, hour_id, severity, message, evidence, found_at) values (?,?,?,?,?,?,?,?,?,?)")) {
            int ordinal = 0;
            for (var f : findings) {
                s.setString(1, f.id());
                s.setString(2, caseId);
                s.setInt(3, ordinal++);
                s.setString(4, f.checkId());
                s.setString(5, f.checkVersion());
                s.setString(6, f.hourId());
                s.setString(7, f.severity().name());
                s.setString(8, f.message());
                s.setString(9, new TreeMap<>(f.evidence()).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().replace('\n', ' ')).collect(Collectors.joining("\n")));
                s.setLong(10, f.at().toEpochMilli());
                s.addBatch();
            }
            s.executeBatch();
        }
    }

    static List<Finding> findings(Connection c, String column, String value) throws SQLException {
        var list = new ArrayList<Finding>();
        try (var s = c.prepareStatement("select * from verification_workflow_finding where " + column + " = ? order by case_id, ordinal")) {
            s.setString(1, value);
            try (var r = s.executeQuery()) {
                while (r.next()) list.add(finding(r));
            }
        }
        return list;
    }

    static Optional<String> caseOf(Connection c, String findingId) throws SQLException {
        try (var s = c.prepareStatement("select case_id from verification_workflow_finding where id = ?")) {
            s.setString(1, findingId);
            try (var r = s.executeQuery()) {
                return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
            }
        }
    }

    /** @return false when it was cleared before */
    static boolean clear(Connection c, String findingId, String verifierId, String reason) throws SQLException {
        try (var s = c.prepareStatement("update verification_workflow_finding set cleared_by = ?, cleared_reason = ? where id = ? and cleared_by is null")) {
            s.setString(1, verifierId);
            s.setString(2, reason);
            s.setString(3, findingId);
            return s.executeUpdate() == 1;
        }
    }

    private static Finding finding(ResultSet r) throws SQLException {
        Map<String, String> evidence = new TreeMap<>();
        text(r.getString("evidence")).lines().forEach(line -> evidence.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return new Finding(r.getString("id"), r.getString("check_id"), r.getString("check_version"), r.getString("hour_id"), Severity.valueOf(r.getString("severity")), r.getString("message"), evidence,
                Instant.ofEpochMilli(r.getLong("found_at")), text(r.getString("cleared_by")), text(r.getString("cleared_reason")));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
