package org.citystream.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.citystream.recordings.RecordedReading;
import org.citystream.recordings.Recording;
import org.citystream.recordings.RecordingException;
import org.citystream.simulator.publish.Outgoing;

/** A recording on its way to the broker: its readings in order of time, each sent a second after its period has ended. */
final class RecordedReadings implements Iterator<Outgoing> {
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final Iterator<RecordedReading> readings;
    private final Map<String, String> cities = new HashMap<>();

    RecordedReadings(Recording recording) {
        readings = recording.readings();
        recording.sensors().forEach(sensor -> cities.put(sensor.sensorId(), sensor.cityId()));
    }

    @Override
    public boolean hasNext() {
        return readings.hasNext();
    }

    /** @throws RecordingException if the recording has changed since it was opened */
    @Override
    public Outgoing next() {
        RecordedReading next = readings.next();
        String city = cities.get(next.sensorId());
        if (city == null) {
            throw new RecordingException(
                    "the recording has changed while it was played: sensor " + next.sensorId() + " is new");
        }
        Instant sentAt = next.observedAt().plus(DELAY);
        if (next instanceof RecordedReading.Traffic traffic) {
            return Outgoing.of(traffic.reading(), city, sentAt);
        }
        return Outgoing.of(((RecordedReading.Air) next).reading(), city, sentAt);
    }
}
