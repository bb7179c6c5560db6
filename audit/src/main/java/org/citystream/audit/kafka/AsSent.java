package org.citystream.audit.kafka;

import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;

/** The message that a sensor must have sent for a reading to stand in Kafka: without what the gateway adds. */
final class AsSent {
    private AsSent() {}

    static byte[] payload(TrafficReading reading) {
        return JsonCodec.write(new TrafficReading(
                reading.sensorId(),
                reading.observedAt(),
                reading.periodSeconds(),
                reading.bootId(),
                reading.sequence(),
                reading.laneId(),
                reading.vehicleCount(),
                reading.averageSpeedKmh(),
                reading.occupancy(),
                null,
                null,
                null,
                null,
                null));
    }

    static byte[] payload(AirQualityReading reading) {
        return JsonCodec.write(new AirQualityReading(
                reading.sensorId(),
                reading.observedAt(),
                reading.periodSeconds(),
                reading.bootId(),
                reading.sequence(),
                reading.pm25UgM3(),
                reading.pm10UgM3(),
                reading.no2UgM3(),
                reading.o3UgM3(),
                reading.so2UgM3(),
                reading.coMgM3(),
                reading.temperatureC(),
                reading.relativeHumidity(),
                reading.windSpeedMs(),
                reading.windDirectionDeg(),
                null,
                null,
                null,
                null,
                null));
    }
}
