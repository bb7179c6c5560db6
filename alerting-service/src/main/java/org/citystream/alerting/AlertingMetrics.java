package org.citystream.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Verdict;
import org.citystream.alerting.store.postgres.Backlog;

/** What the service counts. */
final class AlertingMetrics {
    private final MeterRegistry registry;
    private final Counter disabled;
    private volatile Backlog backlog = new Backlog(0, null);
    private volatile Instant measuredAt = Instant.EPOCH;

    AlertingMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("citystream.alerting.outbox.waiting", () -> backlog.waiting())
                .description("Deliveries that wait for enabled endpoints")
                .register(registry);
        Gauge.builder("citystream.alerting.outbox.oldest", this::oldestSeconds)
                .description("Age of the oldest waiting delivery")
                .baseUnit("seconds")
                .register(registry);
        // There from the beginning: Prometheus sees no increase in a counter that begins with 1.
        disabled = Counter.builder("citystream.alerting.webhook.disabled")
                .description("Endpoints disabled because they failed for too long or are gone")
                .register(registry);
    }

    private double oldestSeconds() {
        Instant oldest = backlog.oldest();
        return oldest == null ? 0 : Duration.between(oldest, measuredAt).toMillis() / 1000.0;
    }

    void outbox(Backlog measured, Instant now) {
        backlog = measured;
        measuredAt = now;
    }

    void merged(String reason) {
        registry.counter("citystream.alerting.events", "outcome", label(reason)).increment();
    }

    void refused() {
        registry.counter("citystream.alerting.events", "outcome", "refused").increment();
    }

    void changed(AlertChange change) {
        registry.counter(
                        "citystream.alerting.changes",
                        "type",
                        change.type().wireName(),
                        "told",
                        Boolean.toString(change.told()))
                .increment();
    }

    void attempted(Attempt attempt, Verdict verdict) {
        registry.timer(
                        "citystream.alerting.webhook.attempts",
                        "outcome",
                        attempt.succeeded() ? "delivered" : "failed",
                        "delivery",
                        verdict.state().wireName())
                .record(attempt.latency());
        if (verdict.disableReason() != null) {
            disabled.increment();
        }
    }

    private static String label(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
