package org.citystream.benchmarks.intake;

import java.util.Objects;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;

/** Digest of what sensors have said, whatever order it comes in and whatever a gateway has added to it. */
final class ReadingDigest {
    private long count;
    private long sum;

    synchronized void add(byte[] json) {
        TrafficReading reading = JsonCodec.read(json, TrafficReading.class);
        count++;
        sum += 1_000_003L
                * Objects.hash(
                        reading.sensorId(),
                        reading.observedAt(),
                        reading.periodSeconds(),
                        reading.bootId(),
                        reading.sequence(),
                        reading.laneId(),
                        reading.vehicleCount(),
                        reading.averageSpeedKmh(),
                        reading.occupancy());
    }

    synchronized long count() {
        return count;
    }

    synchronized String text() {
        return count + " readings, hash " + Long.toHexString(sum);
    }
}
