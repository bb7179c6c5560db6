package org.citystream.simulator.format;

import java.util.Set;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;

/**
 * How sensors of another make say what they measure. Only formats that carry the time of the observation are here: where
 * the arrival stands for it, nothing tells one message from another, and no audit could follow them.
 */
interface ForeignFormat {
    /** As the gateway's routes call it. */
    String name();

    /** Sensors it is for: a format without lanes would make one of a detector's lanes. */
    Set<SensorKind> kinds();

    /** The MQTT topic a sensor of this make publishes on. */
    String topic(String sensorId);

    /** @throws UnsupportedOperationException if the format is not for detectors */
    default byte[] payload(TrafficReading reading) {
        throw new UnsupportedOperationException(name() + " is not for detectors");
    }

    byte[] payload(AirQualityReading reading);
}
