package org.citystream.gateway.decode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/** One decoded reading of either kind. */
public sealed interface Reading {

    String sensorId();

    Instant observedAt();

    /** The city the message claims to come from. */
    @Nullable String cityId();

    SensorKind kind();

    /** Where it goes. */
    Topic topic();

    /** Name and version of the JSON form, for the {@code schema} header. */
    String schema();

    /** What has been found remarkable so far. */
    List<String> flags();

    /** The same with its arrival filled in, and further flags. */
    Reading stamped(Instant receivedAt, Instant clockAt, List<String> moreFlags);

    /** The value of the Kafka record. */
    byte[] json();

    /** A traffic reading. */
    record Traffic(TrafficReading value) implements Reading {
        @Override
        public String sensorId() {
            return value.sensorId();
        }

        @Override
        public Instant observedAt() {
            return value.observedAt();
        }

        @Override
        public @Nullable String cityId() {
            return value.cityId();
        }

        @Override
        public SensorKind kind() {
            return SensorKind.TRAFFIC;
        }

        @Override
        public Topic topic() {
            return Topics.READINGS_TRAFFIC;
        }

        @Override
        public String schema() {
            return "traffic-reading.v1";
        }

        @Override
        public List<String> flags() {
            return orEmpty(value.flags());
        }

        @Override
        public Reading stamped(Instant receivedAt, Instant clockAt, List<String> moreFlags) {
            return new Traffic(new TrafficReading(
                    value.sensorId(),
                    value.observedAt(),
                    value.periodSeconds(),
                    value.bootId(),
                    value.sequence(),
                    value.laneId(),
                    value.vehicleCount(),
                    value.averageSpeedKmh(),
                    value.occupancy(),
                    value.foreignId(),
                    value.cityId(),
                    receivedAt,
                    clockAt,
                    joined(flags(), moreFlags)));
        }

        @Override
        public byte[] json() {
            return JsonCodec.write(value);
        }
    }

    /** An air-quality reading. */
    record Air(AirQualityReading value) implements Reading {
        @Override
        public String sensorId() {
            return value.sensorId();
        }

        @Override
        public Instant observedAt() {
            return value.observedAt();
        }

        @Override
        public @Nullable String cityId() {
            return value.cityId();
        }

        @Override
        public SensorKind kind() {
            return SensorKind.AIR;
        }

        @Override
        public Topic topic() {
            return Topics.READINGS_AIR;
        }

        @Override
        public String schema() {
            return "air-quality-reading.v1";
        }

        @Override
        public List<String> flags() {
            return orEmpty(value.flags());
        }

        @Override
        public Reading stamped(Instant receivedAt, Instant clockAt, List<String> moreFlags) {
            return new Air(new AirQualityReading(
                    value.sensorId(),
                    value.observedAt(),
                    value.periodSeconds(),
                    value.bootId(),
                    value.sequence(),
                    value.pm25UgM3(),
                    value.pm10UgM3(),
                    value.no2UgM3(),
                    value.o3UgM3(),
                    value.so2UgM3(),
                    value.coMgM3(),
                    value.temperatureC(),
                    value.relativeHumidity(),
                    value.windSpeedMs(),
                    value.windDirectionDeg(),
                    value.foreignId(),
                    value.cityId(),
                    receivedAt,
                    clockAt,
                    joined(flags(), moreFlags)));
        }

        @Override
        public byte[] json() {
            return JsonCodec.write(value);
        }
    }

    private static List<String> orEmpty(@Nullable List<String> flags) {
        return flags == null ? List.of() : flags;
    }

    private static List<String> joined(List<String> flags, List<String> more) {
        if (more.isEmpty()) {
            return flags;
        }
        List<String> all = new ArrayList<>(flags);
        all.addAll(more);
        return all;
    }
}
