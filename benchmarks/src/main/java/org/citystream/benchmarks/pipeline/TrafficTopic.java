package org.citystream.benchmarks.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Density;
import org.citystream.benchmarks.city.Detection;
import org.citystream.benchmarks.city.Segment;
import org.citystream.model.reading.TrafficReading;

/** Fills a broker with readings of a city's detectors. */
public final class TrafficTopic {
    private static final int ARRIVES_AFTER_SECONDS = 1;
    /** Clock after the last reading in which all panes close. */
    private static final int LAST_TICKS = 300;

    private final City city;

    TrafficTopic(City city) {
        this.city = city;
    }

    /** Of a city of so many segments with four readings a pane. */
    public static TrafficTopic usual(int segments) {
        return new TrafficTopic(new City(segments, Density.USUAL));
    }

    /**
     * Writes registry and rules, and readings until there are enough.
     *
     * @return readings written, at least {@code atLeast}
     */
    public long fill(String bootstrapServers, long atLeast) {
        try (ReadingsTopic topic =
                new ReadingsTopic(bootstrapServers, ReadingsJob.TRAFFIC.readings(), "traffic", City.START)) {
            city.segments().forEach(segment -> topic.register(segment.sensor()));
            topic.applyDefaultRules();
            long written = 0;
            List<Detection> second = new ArrayList<>();
            while (written < atLeast) {
                second.clear();
                city.second(second::add);
                Instant clock = Instant.ofEpochSecond(city.now() + ARRIVES_AFTER_SECONDS);
                second.forEach(seen -> topic.send(seen.segment().sensorId(), reading(seen, clock)));
                written += second.size();
                topic.tick(clock);
            }
            for (int i = 1; i <= LAST_TICKS; i++) {
                topic.tick(Instant.ofEpochSecond(city.now() + ARRIVES_AFTER_SECONDS + i));
            }
            topic.flush();
            return written;
        }
    }

    private static TrafficReading reading(Detection seen, Instant clock) {
        return new TrafficReading(
                seen.segment().sensorId(),
                Instant.ofEpochMilli(seen.observedAt()),
                seen.periodSeconds(),
                Segment.BOOT,
                seen.sequence(),
                seen.laneId(),
                seen.vehicles(),
                seen.speedKmh(),
                seen.occupancy(),
                null,
                "benchville",
                clock.plusMillis(seen.sequence() % 1000),
                clock,
                null);
    }
}
