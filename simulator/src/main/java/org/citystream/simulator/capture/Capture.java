package org.citystream.simulator.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.recordings.NeutralWriter;
import org.citystream.recordings.RecordedReading;

/** A recording that grows with what is heard: native messages from MQTT, or readings from Kafka. Thread-safe. */
public final class Capture implements AutoCloseable {
    private final NeutralWriter writer;
    private final Set<String> sensorIds = new HashSet<>();
    private long readings;
    private long unreadable;

    /** @throws org.citystream.recordings.RecordingException if the folder holds a recording already */
    public Capture(Path directory) {
        this.writer = NeutralWriter.create(directory);
    }

    /** A native message as it came over MQTT; one that is none is counted and left out. */
    public void message(String topic, byte[] payload) {
        String[] levels = topic.split("/", -1);
        boolean air = levels.length == 4 && levels[2].equals("air");
        if (payload.length > JsonCodec.MAX_DOCUMENT_BYTES) {
            leaveOut();
            return;
        }
        try {
            if (air) {
                reading(new RecordedReading.Air(JsonCodec.strict().readValue(payload, AirQualityReading.class)));
            } else {
                reading(new RecordedReading.Traffic(JsonCodec.strict().readValue(payload, TrafficReading.class)));
            }
        } catch (IOException e) {
            leaveOut();
        }
    }

    /** A reading, however it came; one without sensor or time is counted and left out. */
    public synchronized void reading(RecordedReading reading) {
        if (isWhole(reading)) {
            writer.write(reading);
            sensorIds.add(reading.sensorId());
            readings++;
        } else {
            leaveOut();
        }
    }

    /** JSON may leave out what the record says is always there. */
    @SuppressWarnings("ConstantValue")
    private static boolean isWhole(RecordedReading reading) {
        return reading.sensorId() != null && reading.observedAt() != null;
    }

    private synchronized void leaveOut() {
        unreadable++;
    }

    /**
     * Describes the sensors that were heard.
     *
     * @param known registry entries by sensor id
     * @return how many were described
     */
    public synchronized int describe(Map<String, Sensor> known) {
        Collection<Sensor> heard = sensorIds.stream()
                .sorted()
                .filter(known::containsKey)
                .map(known::get)
                .toList();
        writer.sensors(heard);
        return heard.size();
    }

    public synchronized long readings() {
        return readings;
    }

    /** Messages that were no readings. */
    public synchronized long unreadable() {
        return unreadable;
    }

    public synchronized int sensors() {
        return sensorIds.size();
    }

    @Override
    public synchronized void close() {
        writer.close();
    }
}
