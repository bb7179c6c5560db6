package org.citystream.jobs.time;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.RuleKind;

/** What an operator decides, as metrics. Unlike the counts of {@link Conservation} they begin anew when the job starts. */
public final class Decisions {
    private final Counter refolds;
    private final Map<RuleKind, Counter> events = new EnumMap<>(RuleKind.class);

    public Decisions(MetricGroup metrics, RuleBook rules) {
        refolds = metrics.counter("refolds");
        for (RuleKind kind : RuleKind.values()) {
            events.put(kind, metrics.addGroup("kind", kind.wireName()).counter("events"));
        }
        metrics.gauge("ruleEvaluations", (Gauge<Long>) rules::evaluations);
    }

    void refolded() {
        refolds.inc();
    }

    public void told(CityEvent event) {
        Objects.requireNonNull(events.get(event.kind())).inc();
    }
}
