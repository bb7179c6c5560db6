package org.citystream.benchmarks.pipeline;

import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Reads the job's own counts inside its process, which costs the job nothing. */
public final class Counts implements MetricReporter {
    private static final Map<String, Queue<Gauge<?>>> GAUGES = new ConcurrentHashMap<>();

    /** For Flink, which finds it by name. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new Counts();
        }
    }

    /** Sum over all operators and subtasks that have a count of this name. */
    static long of(String name) {
        long sum = 0;
        for (Gauge<?> gauge : GAUGES.getOrDefault(name, new ConcurrentLinkedQueue<>())) {
            sum += gauge.getValue() instanceof Number number ? number.longValue() : 0;
        }
        return sum;
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge) {
            GAUGES.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()).add(gauge);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // The process ends with the job.
    }

    @Override
    public void open(MetricConfig config) {
        // There is nothing to set.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
