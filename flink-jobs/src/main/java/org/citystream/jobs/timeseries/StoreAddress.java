package org.citystream.jobs.timeseries;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the time-series store is.
 *
 * @param tokenFile file with the InfluxDB token where the sink runs; null: the store wants none; of InfluxDB 1: {@code
 *     USER:PASSWORD}
 * @param bucket of InfluxDB 1: a database, or {@code DATABASE/RETENTION-POLICY}
 */
record StoreAddress(String url, @Nullable String tokenFile, String org, String bucket, StoreApi api)
        implements Serializable {
    private static final String NONE = "none";

    /** Read anew by each writer, so that a rotated token needs a restart of the job only; never part of the job graph. */
    String token() throws IOException {
        return tokenFile == null ? NONE : Files.readString(Path.of(tokenFile)).strip();
    }
}
