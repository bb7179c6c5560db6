package org.citystream.jobs.time;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.jobs.wire.KeyedJson;

/**
 * What a job with groups of subjects tells.
 *
 * @param summaries keyed by subject
 * @param groupSummaries keyed by group
 * @param events keyed by subject or group
 * @param late keyed by sensor
 */
public record GroupedStreams(
        DataStream<KeyedJson> summaries,
        DataStream<KeyedJson> groupSummaries,
        DataStream<KeyedJson> events,
        DataStream<KeyedJson> late) {}
