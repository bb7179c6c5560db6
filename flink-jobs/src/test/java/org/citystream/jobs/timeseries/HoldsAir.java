package org.citystream.jobs.timeseries;

import java.util.Map;

/** A real store, as the outage test looks into it. */
interface HoldsAir extends AutoCloseable {
    StoreApi api();

    int port();

    /** PM2.5 of every point of the measurement {@code air}, by {@code STATION@EPOCH-MS}. */
    Map<String, Double> pm25() throws Exception;

    @Override
    void close() throws Exception;
}
