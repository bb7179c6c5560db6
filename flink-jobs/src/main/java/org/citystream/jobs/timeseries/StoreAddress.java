package org.citystream.jobs.timeseries;

import java.io.Serializable;

/**
 * Where the time-series store is.
 *
 * @param token InfluxDB token; ignored by a store without authentication
 */
record StoreAddress(String url, String token, String org, String bucket) implements Serializable {}
