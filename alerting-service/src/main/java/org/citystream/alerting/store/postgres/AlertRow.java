package org.citystream.alerting.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** An alert from its row. */
final class AlertRow {
    /** Columns that {@link #read} needs, of table {@code alerts} aliased as {@code a}. */
    static final String COLUMNS = "a.alert_id, a.event, a.pending_event, a.settle_at, a.sequence, a.notified,"
            + " a.acknowledged_by, a.acknowledged_at, a.acknowledgement_comment, a.assigned_to";

    private AlertRow() {}

    static Alert read(ResultSet row) throws SQLException {
        return new Alert(
                row.getString("alert_id"),
                event(row.getString("event")),
                pending(row),
                row.getInt("sequence"),
                row.getBoolean("notified"),
                acknowledgement(row),
                row.getString("assigned_to"));
    }

    private static Alert.@Nullable Pending pending(ResultSet row) throws SQLException {
        String event = row.getString("pending_event");
        Instant settleAt = instant(row, "settle_at");
        return event == null || settleAt == null ? null : new Alert.Pending(event(event), settleAt);
    }

    private static @Nullable Acknowledgement acknowledgement(ResultSet row) throws SQLException {
        String by = row.getString("acknowledged_by");
        Instant at = instant(row, "acknowledged_at");
        return by == null || at == null ? null : new Acknowledgement(by, at, row.getString("acknowledgement_comment"));
    }

    private static CityEvent event(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), CityEvent.class);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    static Instant requiredInstant(ResultSet row, String column) throws SQLException {
        Instant value = instant(row, column);
        if (value == null) {
            throw new SQLException(column + " is null");
        }
        return value;
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
