package org.citystream.alerting.store.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.IntStream;
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
                new Secrets(row.getString("secret"), previous(row)),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                AlertRow.requiredInstant(row, "created_at"),
                new Failures(
                        row.getInt("consecutive_failures"),
                        AlertRow.instant(row, "failing_since"),
                        AlertRow.instant(row, "blocked_until")));
    }

    private static List<Secrets.Previous> previous(ResultSet row) throws SQLException {
        List<String> secrets = texts(row, "previous_secrets");
        Timestamp[] ends = (Timestamp[]) row.getArray("previous_secrets_until").getArray();
        return IntStream.range(0, secrets.size())
                .mapToObj(i -> new Secrets.Previous(secrets.get(i), ends[i].toInstant()))
                .toList();
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
