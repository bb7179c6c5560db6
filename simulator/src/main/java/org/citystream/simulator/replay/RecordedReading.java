package org.citystream.simulator.replay;

import java.time.Duration;
import java.time.Instant;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.simulator.publish.Outgoing;

/** A reading of a recording, in our units. */
sealed interface RecordedReading {
    /** A recorded reading is sent so long after its period has ended. */
    Duration DELAY = Duration.ofSeconds(1);

    String sensorId();

    Instant observedAt();

    /** As it goes to the broker for a sensor of this city. */
    Outgoing outgoing(String cityId);

    record Traffic(TrafficReading reading) implements RecordedReading {
        @Override
        public String sensorId() {
            return reading.sensorId();
        }

        @Override
        public Instant observedAt() {
            return reading.observedAt();
        }

        @Override
        public Outgoing outgoing(String cityId) {
            return Outgoing.of(reading, cityId, observedAt().plus(DELAY));
        }
    }

    record Air(AirQualityReading reading) implements RecordedReading {
        @Override
        public String sensorId() {
            return reading.sensorId();
        }

        @Override
        public Instant observedAt() {
            return reading.observedAt();
        }

        @Override
        public Outgoing outgoing(String cityId) {
            return Outgoing.of(reading, cityId, observedAt().plus(DELAY));
        }
    }
}
