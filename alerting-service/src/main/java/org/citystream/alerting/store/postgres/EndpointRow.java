package org.citystream.alerting.store.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.citystream.alerting.notify.Endpoint;

/** An endpoint from its row. */
final class EndpointRow {
    private EndpointRow() {}

    static Endpoint read(ResultSet row) throws SQLException {
        Array types = row.getArray("types");
        return new Endpoint(
                row.getString("endpoint_id"),
                row.getString("url"),
                List.of((String[]) types.getArray()),
                row.getString("description"),
                row.getString("secret"),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                AlertRow.requiredInstant(row, "created_at"),
                row.getInt("consecutive_failures"),
                AlertRow.instant(row, "failing_since"),
                AlertRow.instant(row, "blocked_until"));
    }
}
