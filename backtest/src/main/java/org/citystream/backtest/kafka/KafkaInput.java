package org.citystream.backtest.kafka;

import java.time.Instant;
import java.util.Properties;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.backtest.run.Input;
import org.citystream.backtest.run.Watched;
import org.citystream.jobs.kafka.Sources;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.place.SensorKind;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;

/** What a deployment's readings topics hold, with the clock as its gateways stamped it. */
public final class KafkaInput implements Input {
    private final KafkaSettings kafka;
    private final Instant from;
    private final Instant to;
    private final Watched watched;

    /**
     * @param from readings observed before this are left out
     * @param to readings observed after this are left out
     * @param watched told of every record
     */
    public KafkaInput(KafkaSettings kafka, Instant from, Instant to, Watched watched) {
        this.kafka = kafka;
        this.from = from;
        this.to = to;
        this.watched = watched;
    }

    /** Topic of the readings of one kind. */
    public static Topic topic(SensorKind kind) {
        return kind == SensorKind.AIR ? Topics.READINGS_AIR : Topics.READINGS_TRAFFIC;
    }

    @Override
    public DataStream<Reading> open(StreamExecutionEnvironment env, SensorKind kind) {
        Properties properties = new Properties();
        properties.putAll(kafka.admin());
        ReadingFormat format = kind == SensorKind.AIR ? ReadingFormat.AIR : ReadingFormat.TRAFFIC;
        DataStream<Reading> all = Sources.history(env, kafka.bootstrapServers(), properties, topic(kind), format);
        return all.filter(new Within(from.toEpochMilli(), to.toEpochMilli(), watched.id()))
                .setParallelism(all.getParallelism())
                .uid("within");
    }

    private static final class Within implements FilterFunction<Reading> {
        private static final long serialVersionUID = 1;
        private final long from;
        private final long to;
        private final int watched;

        Within(long from, long to, int watched) {
            this.from = from;
            this.to = to;
            this.watched = watched;
        }

        @Override
        public boolean filter(Reading reading) {
            Watched.count(watched);
            return reading.isTick() || (reading.observedAt() >= from && reading.observedAt() <= to);
        }
    }
}
