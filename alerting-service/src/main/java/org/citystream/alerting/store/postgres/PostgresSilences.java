package org.citystream.alerting.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citystream.alerting.label.Matcher;
import org.citystream.alerting.silence.Silence;
import org.citystream.alerting.silence.Silences;
import org.citystream.model.wire.JsonCodec;
import org.jdbi.v3.core.Handle;

/** Silences in PostgreSQL. */
public final class PostgresSilences implements Silences {
    private static final TypeReference<List<List<Double>>> RING = new TypeReference<>() {};

    private final PostgresStore store;

    public PostgresSilences(PostgresStore store) {
        this.store = store;
    }

    static List<Silence> read(Handle handle, List<String> ids) {
        return handle.createQuery("SELECT * FROM silences WHERE silence_id = ANY (:ids)")
                .bindArray("ids", String.class, ids)
                .map((row, context) -> silence(row))
                .list();
    }

    @Override
    public List<Silence> list() {
        return store.query(store.remembered().silences()::read);
    }

    @Override
    public Optional<Silence> find(String id) {
        return store.query(
                handle -> handle.createQuery("SELECT * FROM silences WHERE silence_id = :id AND removed_at IS NULL")
                        .bind("id", id)
                        .map((row, context) -> silence(row))
                        .findOne());
    }

    @Override
    public void add(Silence silence) {
        store.query(handle -> handle.createUpdate("""
                        INSERT INTO silences (silence_id, matchers, sensors, corridors, polygon, starts_at, ends_at,
                            created_by, comment, created_at)
                        VALUES (:id, :matchers, :sensors, :corridors, CAST(:polygon AS jsonb), :startsAt, :endsAt,
                            :createdBy, :comment, :createdAt)
                        """)
                .bind("id", silence.id())
                .bindArray(
                        "matchers",
                        String.class,
                        silence.matchers().stream().map(Matcher::toString).toList())
                .bindArray("sensors", String.class, silence.sensors())
                .bindArray("corridors", String.class, silence.corridors())
                .bind("polygon", new String(JsonCodec.write(silence.polygon()), StandardCharsets.UTF_8))
                .bind("startsAt", silence.startsAt())
                .bind("endsAt", silence.endsAt())
                .bind("createdBy", silence.createdBy())
                .bind("comment", silence.comment())
                .bind("createdAt", silence.createdAt())
                .execute());
    }

    /** What it kept quiet is looked at right away. */
    @Override
    public boolean remove(String id, Instant now) {
        return store.query(handle -> {
            int removed = handle.execute(
                    "UPDATE silences SET removed_at = ? WHERE silence_id = ? AND removed_at IS NULL", now, id);
            handle.execute("UPDATE holds SET look_at = LEAST(look_at, ?)", now);
            handle.execute(
                    "UPDATE groups g SET flush_at = LEAST(flush_at, ?) WHERE EXISTS (SELECT 1 FROM group_members m"
                            + " WHERE m.group_id = g.group_id AND m.muted IS NOT NULL)",
                    now);
            return removed == 1;
        });
    }

    private static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                row.getString("silence_id"),
                EndpointRow.texts(row, "matchers").stream().map(Matcher::parse).toList(),
                EndpointRow.texts(row, "sensors"),
                EndpointRow.texts(row, "corridors"),
                ring(row.getString("polygon")),
                AlertRow.requiredInstant(row, "starts_at"),
                AlertRow.requiredInstant(row, "ends_at"),
                row.getString("created_by"),
                row.getString("comment"),
                AlertRow.requiredInstant(row, "created_at"));
    }

    private static List<List<Double>> ring(String json) {
        try {
            return JsonCodec.internal().readValue(json, RING);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a polygon cannot be read", e);
        }
    }
}
