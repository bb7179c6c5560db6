package org.citystream.benchmarks.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Fork;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Workload;

/**
 * One way of taking readings from MQTT, from a count of acknowledged ones to a count of them. Broker, Kafka and sensors are
 * processes of their own.
 */
public abstract class IntakeRun implements Workload {
    public static final String WARM_UP = "warmUp";
    public static final String READINGS = "readings";
    private static final int CHECKED = 5_000;
    private static final int LOAD_HEAP_MB = 128;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Rarely, as asking costs what is being measured. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Something that takes readings. */
    interface Intake extends AutoCloseable {
        /** Readings dealt with to their end so far. */
        LongSupplier done();

        /** Of all of them, once that many have been dealt with; only in runs that are checked. */
        String digest(long count) throws Exception;

        @Override
        void close() throws Exception;
    }

    /** Starts it; returns when it is subscribed. */
    abstract Intake start(String url, Parameters parameters) throws Exception;

    @Override
    public final Sample run(Parameters parameters) throws Exception {
        long warmUp = parameters.number(WARM_UP);
        long readings = parameters.isCheck() ? CHECKED : parameters.number(READINGS);
        try (Mosquitto broker = Mosquitto.start();
                Intake intake = start(broker.url(), parameters)) {
            Process load = Fork.java(LOAD_HEAP_MB, LoadMain.class, broker.url(), Long.toString(readings))
                    .start();
            try {
                if (parameters.isCheck()) {
                    await(intake.done(), readings, load);
                    return Sample.checked(intake.digest(readings));
                }
                long from = await(intake.done(), warmUp, load);
                long cpuFrom = CpuClock.processNanos();
                long to = await(intake.done(), readings, load);
                return Sample.timed(to - from, CpuClock.processNanos() - cpuFrom);
            } finally {
                load.destroy();
            }
        }
    }

    /** Waits until there are so many at least; how many there are. */
    private static long await(LongSupplier done, long count, Process load)
            throws IOException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long now = done.getAsLong();
        while (now < count) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(now + " of " + count + " readings were dealt with");
            }
            if (!load.isAlive() && load.exitValue() != 0) {
                throw new IOException("the sensors ended with " + load.exitValue());
            }
            Thread.sleep(LOOK.toMillis());
            now = done.getAsLong();
        }
        return now;
    }
}
