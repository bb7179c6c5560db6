package org.citystream.jobs.time;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.citystream.jobs.wire.Reading;

/**
 * Time in the jobs is the deployment's clock, never a sensor's: a record's timestamp is its {@code clockAt}, and the
 * watermark follows the smallest clock of all partitions, {@link #LAG} behind. Without idleness on purpose: a stalled
 * partition stops time and loses nothing.
 */
public final class ClockWatermarks implements WatermarkStrategy<Reading> {
    private static final long serialVersionUID = 1;

    /** How far watermarks stay behind the smallest partition clock: several gateways stamp slightly out of order. */
    public static final Duration LAG = Duration.ofSeconds(5);

    /** Watermarks cannot say less; guards arithmetic near the smallest long. */
    private static final long FLOOR = -62_135_596_800_000L;

    @Override
    public WatermarkGenerator<Reading> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Generator();
    }

    @Override
    public TimestampAssigner<Reading> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return (reading, recordTimestamp) -> reading.clockAt();
    }

    /** The clock that a watermark stands for; the year 1 before there is any. */
    public static long clock(long watermark) {
        return Math.max(FLOOR, watermark) + LAG.toMillis();
    }

    /** The watermark at which the clock has reached this moment. */
    public static long watermark(long clock) {
        return clock - LAG.toMillis();
    }

    private static final class Generator implements WatermarkGenerator<Reading> {
        private long clock = Long.MIN_VALUE;

        /** A tick moves time at once: bounded input would be over before the engine next asks for a watermark. */
        @Override
        public void onEvent(Reading reading, long timestamp, WatermarkOutput output) {
            clock = Math.max(clock, reading.clockAt());
            if (reading.isTick()) {
                onPeriodicEmit(output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (clock != Long.MIN_VALUE) {
                output.emitWatermark(new Watermark(watermark(clock)));
            }
        }
    }
}
