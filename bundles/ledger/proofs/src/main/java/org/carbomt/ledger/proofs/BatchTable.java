package org.carbomt.ledger.proofs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.store.Database;

/** The table {@code ledger_proofs_batches}: rows are added and never changed. Thread safe. */
final class BatchTable {
    private static final String SELECT = "SELECT id, case_id, source_id, from_millis, to_millis, hour_ids, root, cid, anchor_key, sealed_millis FROM ledger_proofs_batches";
    private final Database database;

    BatchTable(Database database) {
        this.database = database;
    }

    /** Adds the batch unless its case has one; gives the one that is there then. */
    HourBatch addOrFind(HourBatch batch) {
        return database.transact(connection -> {
            var there = select(connection, " WHERE case_id = ?", batch.caseId());
            if (!there.isEmpty()) return there.get(0);
            insert(connection, batch);
            return batch;
        });
    }

    Optional<HourBatch> find(String id) {
        return database.read(connection -> select(connection, " WHERE id = ?", id)).stream().findFirst();
    }

    Optional<HourBatch> ofCase(String caseId) {
        return database.read(connection -> select(connection, " WHERE case_id = ?", caseId)).stream().findFirst();
    }

    /** Newest first. */
    List<HourBatch> all() {
        return database.read(connection -> select(connection, " ORDER BY sealed_millis DESC, id", null));
    }

    private static void insert(Connection connection, HourBatch batch) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO ledger_proofs_batches (id, case_id, source_id, from_millis, to_millis, hour_ids, root, cid, anchor_key, sealed_millis) VALUES (?,?,?,?,?,?,?,?,?,?)")) {
            insert.setString(1, batch.id());
            insert.setString(2, batch.caseId());
            insert.setString(3, batch.sourceId());
            insert.setLong(4, batch.from().toEpochMilli());
            insert.setLong(5, batch.to().toEpochMilli());
            insert.setString(6, String.join("\n", batch.hourIds()));
            insert.setString(7, batch.root().hex());
            insert.setString(8, batch.cid().text());
            insert.setString(9, batch.anchorKey());
            insert.setLong(10, batch.sealedAt().toEpochMilli());
            insert.executeUpdate();
        }
    }

    private static List<HourBatch> select(Connection connection, String where, String parameter) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + where)) {
            if (parameter != null) select.setString(1, parameter);
            try (var rows = select.executeQuery()) {
                var out = new ArrayList<HourBatch>();
                while (rows.next()) out.add(batch(rows));
                return out;
            }
        }
    }

    private static HourBatch batch(ResultSet row) throws SQLException {
        return new HourBatch(row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)), Instant.ofEpochMilli(row.getLong(5)), List.of(row.getString(6).split("\n")),
                Hash.parse(row.getString(7)), new Cid(row.getString(8)), row.getString(9), Instant.ofEpochMilli(row.getLong(10)));
    }
}
