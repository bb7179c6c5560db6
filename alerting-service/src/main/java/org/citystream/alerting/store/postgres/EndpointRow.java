package org.citystream.alerting.store.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Failures;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.Secrets;
import org.citystream.model.wire.WireName;

/** An endpoint from its row. */
final class EndpointRow {
    private EndpointRow() {}

    static Endpoint read(ResultSet row) throws SQLException {
        return new Endpoint(
                row.getString("endpoint_id"),
                row.getString("url"),
                WireName.parse(Format.class, row.getString("format")),
                texts(row, "types"),
                texts(row, "receivers"),
                row.getString("description"),
                new Secrets(
                        row.getString("secret"),
                        row.getString("previous_secret"),
                        AlertRow.instant(row, "previous_secret_until")),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                AlertRow.requiredInstant(row, "created_at"),
                new Failures(
                        row.getInt("consecutive_failures"),
                        AlertRow.instant(row, "failing_since"),
                        AlertRow.instant(row, "blocked_until")));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
