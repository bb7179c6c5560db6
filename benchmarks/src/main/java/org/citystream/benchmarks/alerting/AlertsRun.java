package org.citystream.benchmarks.alerting;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Sample;
import org.citystream.benchmarks.harness.Workload;

/**
 * From alerts raised to webhooks heard. Whoever tells runs in processes of its own; their CPU time is what counts, and this
 * one's, which raises and listens, is not.
 */
public abstract class AlertsRun implements Workload {
    public static final String WARM_UP = "warmUp";
    public static final String ALERTS = "alerts";
    /** Alerts raised a second, one by one; absent: all at once. */
    public static final String PER_SECOND = "perSecond";
    /** So many alerts share a message; absent: each has its own. */
    public static final String TOGETHER = "together";

    static final String DELIVERED_PER_SECOND = "delivered a second";
    static final String MEDIAN_MS = "p50 ms";
    static final String P99_MS = "p99 ms";

    private static final int CHECKED = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Something that tells of alerts. */
    interface Alerter extends AutoCloseable {
        /** Raises alerts of these numbers; returns when they have been taken. */
        void raise(int from, int to) throws Exception;

        /** CPU time so far, ns, by process. */
        Map<String, Long> cpuNanos();

        @Override
        void close() throws Exception;
    }

    abstract Alerter start(String webhookUrl, Parameters parameters) throws Exception;

    @Override
    public final Sample run(Parameters parameters) throws Exception {
        int warmUp = parameters.number(WARM_UP);
        int all = parameters.isCheck() ? CHECKED : warmUp + parameters.number(ALERTS);
        try (Listener listener = Listener.start(all, parameters.slowdown());
                Alerter alerter = start(listener.url(), parameters)) {
            if (parameters.isCheck()) {
                alerter.raise(0, all);
                listener.await(all, PATIENCE);
                boolean alone = parameters.number(TOGETHER, 1) == 1;
                return Sample.checked(listener.digest() + (alone ? " in " + listener.messages() + " messages" : ""));
            }
            alerter.raise(0, warmUp);
            listener.await(warmUp, PATIENCE);
            return timed(listener, alerter, warmUp, all, parameters.number(PER_SECOND, 0));
        }
    }

    private static Sample timed(Listener listener, Alerter alerter, int from, int to, int perSecond) throws Exception {
        Map<String, Long> cpuBefore = alerter.cpuNanos();
        long slowdownBefore = listener.slowdownNanos();
        long[] raisedNanos = new long[to];
        long start = System.nanoTime();
        if (perSecond == 0) {
            Arrays.fill(raisedNanos, start);
            alerter.raise(from, to);
        } else {
            oneByOne(alerter, from, to, perSecond, raisedNanos);
        }
        listener.await(to, PATIENCE);
        long cpuNanos = listener.slowdownNanos() - slowdownBefore;
        Map<String, Double> figures = new TreeMap<>();
        for (Map.Entry<String, Long> process : alerter.cpuNanos().entrySet()) {
            long nanos = process.getValue() - cpuBefore.getOrDefault(process.getKey(), 0L);
            cpuNanos += nanos;
            figures.put("of it " + process.getKey() + " us", nanos / 1e3 / (to - from));
        }
        double[] millis = new double[to - from];
        long last = start;
        for (int alert = from; alert < to; alert++) {
            last = Math.max(last, listener.heardNanos(alert));
            millis[alert - from] = (listener.heardNanos(alert) - raisedNanos[alert]) / 1e6;
        }
        Arrays.sort(millis);
        if (perSecond == 0) {
            figures.put(DELIVERED_PER_SECOND, (to - from) / ((last - start) / 1e9));
        } else {
            figures.put(MEDIAN_MS, percentile(millis, 0.5));
            figures.put(P99_MS, percentile(millis, 0.99));
        }
        return new Sample(to - from, cpuNanos, "", figures);
    }

    private static double percentile(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    private static void oneByOne(Alerter alerter, int from, int to, int perSecond, long[] raisedNanos)
            throws Exception {
        long start = System.nanoTime();
        for (int alert = from; alert < to; alert++) {
            long due = start + (alert - from) * 1_000_000_000L / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            // When it was to be raised, not when one got round to it: a jam shows in what waits in it.
            raisedNanos[alert] = due;
            alerter.raise(alert, alert + 1);
        }
    }
}
