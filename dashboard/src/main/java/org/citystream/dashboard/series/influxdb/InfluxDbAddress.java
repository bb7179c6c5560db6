package org.citystream.dashboard.series.influxdb;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an InfluxDB is and how it lets us in.
 *
 * @param url base address, such as {@code http://influxdb:8086}
 * @param database a database, or {@code DATABASE/RETENTION-POLICY}; of InfluxDB 2 as its DBRP mapping says
 * @param token a token that may read; of InfluxDB 1 {@code USER:PASSWORD}; null: none is needed
 */
public record InfluxDbAddress(
        URI url, String database, @Nullable String token) {

    /** The address of a query that only reads: InfluxDB changes nothing on a GET. */
    URI query(String influxQl) {
        String[] parts = database.split("/", 2);
        String policy = parts.length > 1 ? "&rp=" + encoded(parts[1]) : "";
        String base = url.toString().replaceFirst("/+$", "");
        return URI.create(base + "/query?epoch=ns&db=" + encoded(parts[0]) + policy + "&q=" + encoded(influxQl));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The value of the header {@code Authorization}. Tokens of InfluxDB 2 and 3 have no colon. */
    Optional<String> authorization() {
        if (token == null) {
            return Optional.empty();
        }
        return Optional.of(
                token.indexOf(':') < 0
                        ? "Token " + token
                        : "Basic " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }
}
