package org.citystream.jobs.timeseries;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.model.wire.Topics;

/** Everything that is told becomes points of the time-series store; time plays no part. */
public final class TimeSeriesTopology {
    private TimeSeriesTopology() {}

    /**
     * Records of one key stay in order, from their partition to the store, so that the latest revision of a window is
     * written last.
     */
    static void build(StreamExecutionEnvironment env, KafkaAccess kafka, String jobName, TimeSeriesSink sink) {
        KafkaSource<String> source = KafkaSource.<String>builder()
                .setProperties(kafka.consumer())
                .setTopics(
                        Topics.SUMMARIES_TRAFFIC.name(),
                        Topics.SUMMARIES_CORRIDOR.name(),
                        Topics.SUMMARIES_AIR.name(),
                        Topics.EVENTS.name(),
                        Topics.SENSOR_HEALTH.name())
                .setGroupId("citystream-" + jobName)
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(new LineDeserializer())
                .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "summaries, events, health")
                .uid("told")
                .sinkTo(sink)
                .name("time-series store")
                .uid("time-series-store");
    }
}
