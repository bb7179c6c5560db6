package org.citystream.jobs.wire;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One record of a readings topic, parsed as far as jobs need it: a reading, or a tick of the gateway's clock.
 *
 * @param sensorId empty for a tick
 * @param observedAt epoch ms
 * @param periodSeconds 0: the reading does not say
 * @param laneId 0: none
 * @param values in the order of the {@link ReadingFormat}; NaN: not measured
 * @param clockAt the deployment's clock at arrival, epoch ms
 * @param receivedAt wall clock at arrival, epoch ms; 0: unknown
 * @param since of a tick: start of uninterrupted intake, epoch ms
 * @param json the record as it came; empty once it has passed the late gate
 * @param partition of its topic; {@link #NO_TOPIC}: it comes from none
 * @param offset in that partition
 */
@TypeInfo(ReadingCodec.class)
public record Reading(
        String sensorId,
        @Nullable String cityId,
        long observedAt,
        int periodSeconds,
        @Nullable String bootId,
        long sequence,
        int laneId,
        double[] values,
        long clockAt,
        long receivedAt,
        long since,
        byte[] json,
        int partition,
        long offset) {
    /** Partition of a reading that comes from no topic. */
    public static final int NO_TOPIC = -1;

    /** One that comes from no topic. */
    public Reading(
            String sensorId,
            @Nullable String cityId,
            long observedAt,
            int periodSeconds,
            @Nullable String bootId,
            long sequence,
            int laneId,
            double[] values,
            long clockAt,
            long receivedAt,
            long since,
            byte[] json) {
        this(
                sensorId,
                cityId,
                observedAt,
                periodSeconds,
                bootId,
                sequence,
                laneId,
                values,
                clockAt,
                receivedAt,
                since,
                json,
                NO_TOPIC,
                0);
    }

    /** A tick of the clock. */
    public static Reading tick(long clockAt, long since) {
        return new Reading("", null, 0, 0, null, 0, 0, new double[0], clockAt, 0, since, new byte[0]);
    }

    public boolean isTick() {
        return sensorId.isEmpty();
    }

    /** Without the bytes it came in, which nobody needs any more. */
    public Reading withoutJson() {
        return copy(clockAt, new byte[0], partition, offset);
    }

    /** The same, read from there. */
    public Reading from(int newPartition, long newOffset) {
        return copy(clockAt, json, newPartition, newOffset);
    }

    /** The same, arriving at another clock, epoch ms. */
    public Reading at(long newClockAt) {
        return copy(newClockAt, json, partition, offset);
    }

    private Reading copy(long newClockAt, byte[] newJson, int newPartition, long newOffset) {
        return new Reading(
                sensorId,
                cityId,
                observedAt,
                periodSeconds,
                bootId,
                sequence,
                laneId,
                values,
                newClockAt,
                receivedAt,
                since,
                newJson,
                newPartition,
                newOffset);
    }
}
