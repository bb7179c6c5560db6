package org.citystream.dashboard;

import java.time.Instant;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** Puts the sample city on Kafka, as the gateway, the jobs and the simulator would. */
public final class SampleStream {
    /** Writes one record as JSON. */
    public interface Log {
        void produce(Topic topic, @Nullable String key, Object value);
    }

    private final Log log;

    public SampleStream(Log log) {
        this.log = log;
    }

    /** Everything as it stands at {@link SampleCity#NOW}. */
    public void writeAll() {
        SampleCity.sensors().forEach(sensor -> log.produce(Topics.SENSORS, sensor.key(), sensor));
        SampleCity.health().forEach(health -> log.produce(Topics.SENSOR_HEALTH, health.sensorId(), health));
        SampleCity.events()
                .forEach(event -> log.produce(Topics.EVENTS, event.subject().id(), event));
        SampleCity.over()
                .forEach(event -> log.produce(Topics.EVENTS, event.subject().id(), event));
        SampleCity.air(Instant.parse("2026-11-23T08:00:00Z"))
                .forEach(summary -> log.produce(Topics.SUMMARIES_AIR, summary.stationId(), summary));
        writeTraffic(SampleCity.NOW.minusSeconds(60));
        tick(SampleCity.NOW);
    }

    /** One minute of all segments. */
    public void writeTraffic(Instant windowEnd) {
        SampleCity.traffic(windowEnd)
                .forEach(summary -> log.produce(Topics.SUMMARIES_TRAFFIC, summary.roadSegmentId(), summary));
    }

    public void tick(Instant now) {
        log.produce(Topics.CLOCK, null, SampleCity.clock(now));
    }
}
