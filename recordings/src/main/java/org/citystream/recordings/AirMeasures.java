package org.citystream.recordings;

import java.util.Objects;
import java.util.stream.Stream;
import org.citystream.model.reading.AirQualityReading;

/** Whether an air reading holds anything: one without any measure would be refused. */
final class AirMeasures {
    private AirMeasures() {}

    static boolean any(AirQualityReading reading) {
        return Stream.of(
                        reading.pm25UgM3(),
                        reading.pm10UgM3(),
                        reading.no2UgM3(),
                        reading.o3UgM3(),
                        reading.so2UgM3(),
                        reading.coMgM3(),
                        reading.temperatureC(),
                        reading.relativeHumidity(),
                        reading.windSpeedMs(),
                        reading.windDirectionDeg())
                .anyMatch(Objects::nonNull);
    }
}
