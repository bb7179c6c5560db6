package org.citystream.jobs.timeseries;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** InfluxDB, or what speaks its {@code /api/v2/write} (QuestDB). The blocking client never retries by itself. */
final class InfluxStore implements Store {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<Integer> CONTENT_AT_FAULT = Set.of(400, 413, 422);

    private final InfluxDBClient client;
    private final WriteApiBlocking writer;

    /** @throws IOException if the file with the token cannot be read */
    InfluxStore(StoreAddress address) throws IOException {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT);
        if (address.api() == StoreApi.V1) {
            http.addNetworkInterceptor(new InfluxOneRequests());
        }
        client = InfluxDBClientFactory.create(InfluxDBClientOptions.builder()
                .url(address.url())
                .authenticateToken(address.token().toCharArray())
                .org(address.org())
                .bucket(address.bucket())
                .okHttpClient(http)
                .build());
        writer = client.getWriteApiBlocking();
    }

    @Override
    public Answer write(List<String> lines) {
        try {
            writer.writeRecords(WritePrecision.NS, lines);
            return Answer.WRITTEN;
        } catch (InfluxException e) {
            String reason = (e.status() == 0 ? "" : "HTTP " + e.status() + ": ") + e.getMessage();
            return CONTENT_AT_FAULT.contains(e.status())
                    ? new Answer.Refused(reason)
                    : new Answer.Unavailable(reason, retryAfter(e.headers()));
        }
    }

    /** Only the form in seconds: stores do not send dates. */
    private static @Nullable Duration retryAfter(Map<String, String> headers) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("Retry-After")
                    && header.getValue().matches("[0-9]{1,6}")) {
                return Duration.ofSeconds(Long.parseLong(header.getValue()));
            }
        }
        return null;
    }

    @Override
    public void close() {
        client.close();
    }
}
