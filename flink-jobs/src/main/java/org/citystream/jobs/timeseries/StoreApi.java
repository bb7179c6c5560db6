package org.citystream.jobs.timeseries;

import java.util.Arrays;

/** How a store wants to be written to. */
enum StoreApi {
    /** {@code /write} with a database, of InfluxDB 1. */
    V1,
    /** {@code /api/v2/write} with a bucket, of InfluxDB 2 and 3 and of QuestDB. */
    V2;

    static StoreApi of(String name) {
        return Arrays.stream(values())
                .filter(api -> api.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--influx-api is v1 or v2, not " + name));
    }
}
