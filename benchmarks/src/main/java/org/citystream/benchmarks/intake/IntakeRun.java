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
 * One way of taking readings from MQTT, from a count of acknowledged ones to a count of them. Broker and Kafka are processes
 * of their own. All readings wait in the broker's queue before the first is taken, so that it is the broker that bounds the
 * rate: whoever waits for sensors pays for waking up.
 */
public abstract class IntakeRun implements Workload {
    public static final String WARM_UP = "warmUp";
    public static final String READINGS = "readings";
    static final String FILTER = "city/+/traffic/+";
    static final int RECEIVE_MAXIMUM = 500;
    private static final int CHECKED = 5_000;
    private static final int LOAD_HEAP_MB = 128;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Rarely, as asking costs what is being measured. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Something that takes readings. */
    interface Intake extends AutoCloseable {
        /** Readings dealt with to their end so far. */
        LongSupplier done();

        /** Of all of them, once that many have been dealt with; only in runs that are checked. */
        String digest(long count) throws Exception;

        @Override
        void close() throws Exception;
    }

    /** Whose session the broker keeps readings for. */
    abstract String clientId();

    /** Starts it; it takes what the broker has kept for it, and must not know the broker's past otherwise. */
    abstract Intake start(String url, Parameters parameters) throws Exception;

    @Override
    public final Sample run(Parameters parameters) throws Exception {
        long warmUp = parameters.number(WARM_UP);
        long readings = parameters.isCheck() ? CHECKED : parameters.number(READINGS);
        try (Mosquitto broker = Mosquitto.start()) {
            queue(broker.url(), readings);
            try (Intake intake = start(broker.url(), parameters)) {
                if (parameters.isCheck()) {
                    await(intake.done(), readings);
                    return Sample.checked(intake.digest(readings));
                }
                long from = await(intake.done(), warmUp);
                long cpuFrom = CpuClock.processNanos();
                long to = await(intake.done(), readings);
                return Sample.timed(to - from, CpuClock.processNanos() - cpuFrom);
            }
        }
    }

    private void queue(String url, long readings) throws IOException, InterruptedException {
        Process load = Fork.java(LOAD_HEAP_MB, LoadMain.class, url, clientId(), Long.toString(readings))
                .start();
        try {
            if (load.waitFor() != 0) {
                throw new IOException("the sensors ended with " + load.exitValue());
            }
        } finally {
            load.destroy();
        }
    }

    /** Waits until there are so many at least; how many there are. */
    private static long await(LongSupplier done, long count) throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long now = done.getAsLong();
        while (now < count) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(now + " of " + count + " readings were dealt with");
            }
            Thread.sleep(LOOK.toMillis());
            now = done.getAsLong();
        }
        return now;
    }
}
