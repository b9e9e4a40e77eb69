package org.carbomt.models;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.model.Models;
import org.carbomt.api.store.Database;

/** Models that were offered, table {@code models_offered}; the card is kept as it came. */
final class ModelTable {
    private final Database database;

    ModelTable(Database database) {
        this.database = database;
    }

    /** Adds it; when it comes into service, the one before it is replaced in the same transaction. */
    void add(Models.Entry entry, byte[] card) {
        database.transact(c -> {
            if (entry.state() == Models.State.IN_SERVICE) replace(c, entry);
            try (var s = c.prepareStatement("insert into models_offered (kind, state, reason, offered_by, offered_at, card, model_id) values (?,?,?,?,?,?,?)")) {
                s.setString(1, entry.card().kind());
                s.setString(2, entry.state().name());
                s.setString(3, entry.reason());
                s.setString(4, entry.by());
                s.setLong(5, entry.at().toEpochMilli());
                s.setString(6, new String(card, StandardCharsets.UTF_8));
                s.setString(7, entry.card().id());
                s.executeUpdate();
            }
            return null;
        });
    }

    /** Puts a known one into service; the one before it is replaced in the same transaction. */
    void promote(Models.Entry entry) {
        database.transact(c -> {
            replace(c, entry);
            try (var s = c.prepareStatement("update models_offered set state = ?, reason = ?, offered_by = ?, offered_at = ? where model_id = ?")) {
                s.setString(1, entry.state().name());
                s.setString(2, entry.reason());
                s.setString(3, entry.by());
                s.setLong(4, entry.at().toEpochMilli());
                s.setString(5, entry.card().id());
                s.executeUpdate();
            }
            return null;
        });
    }

    private static void replace(java.sql.Connection c, Models.Entry by) throws SQLException {
        try (var s = c.prepareStatement("update models_offered set state = ?, reason = ? where kind = ? and state = ?")) {
            s.setString(1, Models.State.REPLACED.name());
            s.setString(2, "replaced by " + by.card().id() + " at " + by.at());
            s.setString(3, by.card().kind());
            s.setString(4, Models.State.IN_SERVICE.name());
            s.executeUpdate();
        }
    }

    Optional<Models.Entry> find(String id) {
        return all().stream().filter(e -> e.card().id().equals(id)).findFirst();
    }

    /** Newest first. */
    List<Models.Entry> all() {
        return database.read(c -> {
            var list = new ArrayList<Models.Entry>();
            try (var s = c.prepareStatement("select * from models_offered order by offered_at desc, model_id"); var r = s.executeQuery()) {
                while (r.next()) list.add(row(r));
            }
            return list;
        });
    }

    private static Models.Entry row(ResultSet r) throws SQLException {
        return new Models.Entry(Cards.read(r.getString("card").getBytes(StandardCharsets.UTF_8)), Models.State.valueOf(r.getString("state")), r.getString("reason"), r.getString("offered_by"), Instant.ofEpochMilli(r.getLong("offered_at")));
    }
}
