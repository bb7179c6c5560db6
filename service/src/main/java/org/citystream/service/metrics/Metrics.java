package org.citystream.service.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The one metrics registry of a process. */
public final class Metrics {
    private Metrics() {}

    /** A registry with the JVM's own figures already in it. */
    public static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        bindGarbageCollection(registry);
        return registry;
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static void bindGarbageCollection(PrometheusMeterRegistry registry) {
        new JvmGcMetrics().bindTo(registry);
    }
}
