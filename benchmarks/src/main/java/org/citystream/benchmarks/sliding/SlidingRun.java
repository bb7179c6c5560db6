package org.citystream.benchmarks.sliding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.benchmarks.harness.Workload;
import org.citystream.jobs.wire.KeyedJson;

/** Minutes of readings through one of the operators: four a minute and segment, each within one minute. */
abstract class SlidingRun implements Workload {
    static final String SEGMENTS = "segments";
    static final String WARM_MINUTES = "warmMinutes";
    static final String MINUTES = "minutes";
    static final String COMPARED_MINUTES = "comparedMinutes";

    private static final int PERIOD_SECONDS = 15;
    private static final int CLOCK_STEP_SECONDS = 5;
    private static final int MINUTE = 60;

    private long count;
    private long sum;
    private boolean digesting;

    /** What is compared. */
    interface Operator extends AutoCloseable {
        void take(Observation reading) throws Exception;

        /** All readings before this time have come; it is one minute later still for whoever waits that long. */
        void passed(long millis) throws Exception;
    }

    abstract Operator open() throws Exception;

    final void summary(KeyedJson summary) {
        if (digesting) {
            count++;
            sum += Identity.hash(summary.json());
        }
    }

    @Override
    public Sample run(Parameters parameters) throws Exception {
        int segments = parameters.number(SEGMENTS);
        long start = City.START.getEpochSecond();
        digesting = parameters.isCheck();
        try (Operator operator = open()) {
            if (parameters.isCheck()) {
                minutes(operator, start, parameters.number(COMPARED_MINUTES), segments, parameters.slowdown());
                return Sample.checked(count + " hours, hash " + Long.toHexString(sum));
            }
            int warm = parameters.number(WARM_MINUTES);
            minutes(operator, start, warm, segments, parameters.slowdown());
            return minutes(
                    operator, start + warm * MINUTE, parameters.number(MINUTES), segments, parameters.slowdown());
        }
    }

    private static Sample minutes(Operator operator, long from, int minutes, int segments, Slowdown slowdown)
            throws Exception {
        long cpu = 0;
        long readings = 0;
        for (int minute = 0; minute < minutes; minute++) {
            List<List<Observation>> steps = minute(from + (long) minute * MINUTE, segments);
            long cpuFrom = CpuClock.processNanos();
            for (int step = 0; step < steps.size(); step++) {
                for (Observation reading : steps.get(step)) {
                    operator.take(reading);
                    slowdown.spend();
                    readings++;
                }
                operator.passed((from + (long) minute * MINUTE + (step + 1) * CLOCK_STEP_SECONDS) * 1000);
            }
            cpu += CpuClock.processNanos() - cpuFrom;
        }
        return new Sample(readings, cpu, "", Map.of());
    }

    /** By steps of the clock. */
    private static List<List<Observation>> minute(long from, int segments) {
        List<List<Observation>> steps = new ArrayList<>();
        for (int second = CLOCK_STEP_SECONDS; second <= MINUTE; second += CLOCK_STEP_SECONDS) {
            List<Observation> step = new ArrayList<>();
            for (int segment = 0; segment < segments && second % PERIOD_SECONDS == 0; segment++) {
                step.add(reading(segment, (from + second) * 1000));
            }
            steps.add(step);
        }
        return steps;
    }

    private static Observation reading(int segment, long observedAt) {
        long vehicles = Math.floorMod(observedAt / 1000 * 31 + segment * 17L, 23L);
        return new Observation(
                "segment-" + segment,
                "loop-" + segment,
                0,
                observedAt,
                PERIOD_SECONDS * 1000L,
                Identity.NO_BOOT,
                observedAt,
                vehicles,
                new long[] {vehicles});
    }
}
