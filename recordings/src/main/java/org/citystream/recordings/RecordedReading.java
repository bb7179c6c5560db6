package org.citystream.recordings;

import java.time.Instant;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;

/** A reading of a recording, in our units. */
public sealed interface RecordedReading {
    String sensorId();

    /** End of the observed period, exclusive. */
    Instant observedAt();

    /** Of a traffic detector, in the native fields. */
    record Traffic(TrafficReading reading) implements RecordedReading {
        @Override
        public String sensorId() {
            return reading.sensorId();
        }

        @Override
        public Instant observedAt() {
            return reading.observedAt();
        }
    }

    /** Of an air station, in the native fields. */
    record Air(AirQualityReading reading) implements RecordedReading {
        @Override
        public String sensorId() {
            return reading.sensorId();
        }

        @Override
        public Instant observedAt() {
            return reading.observedAt();
        }
    }
}
