package org.citystream.alerting.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.citystream.alerting.access.Audit;
import org.citystream.alerting.access.AuditEntry;
import org.citystream.alerting.access.Role;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.WireName;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The audit log in PostgreSQL, in the transaction of the change. */
public final class PostgresAudit implements Audit {
    private final PostgresStore store;

    public PostgresAudit(PostgresStore store) {
        this.store = store;
    }

    @Override
    public void change(Change change) {
        store.atomically(handle -> {
            AuditEntry entry = change.make();
            handle.createUpdate("INSERT INTO audit (at, done_by, role, action, target, request)"
                            + " VALUES (:at, :by, :role, :action, :target, CAST(:request AS jsonb))")
                    .bind("at", entry.at())
                    .bind("by", entry.by())
                    .bind("role", entry.role().wireName())
                    .bind("action", entry.action())
                    .bind("target", entry.target())
                    .bind("request", new String(JsonCodec.write(entry.request()), StandardCharsets.UTF_8))
                    .execute();
        });
    }

    @Override
    public List<Numbered> list(@Nullable Long before, int limit) {
        return store.query(handle -> {
            Query query = handle.createQuery("SELECT * FROM audit" + (before == null ? "" : " WHERE entry < :before")
                    + " ORDER BY entry DESC LIMIT :limit");
            if (before != null) {
                query.bind("before", before);
            }
            return query.bind("limit", limit)
                    .map((row, context) -> new Numbered(row.getLong("entry"), entry(row)))
                    .list();
        });
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                AlertRow.requiredInstant(row, "at"),
                row.getString("done_by"),
                WireName.parse(Role.class, row.getString("role")),
                row.getString("action"),
                row.getString("target"),
                JsonCodec.read(row.getString("request").getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }
}
