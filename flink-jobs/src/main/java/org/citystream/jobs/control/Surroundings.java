package org.citystream.jobs.control;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one operator knows beside the readings: registry, rules, and since when intake has been uninterrupted. */
public final class Surroundings {
    /** Metric: records among the rules or the registry that are none. */
    public static final String REFUSED = "controlsRefused";

    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
    private static final int REMEMBERED_AT_MOST = 10_000;

    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final Counter refused;
    private final boolean speaks;
    private final Set<Long> known = new HashSet<>();
    private long since = Long.MIN_VALUE;

    private Surroundings(Counter refused, boolean speaks) {
        this.refused = refused;
        this.speaks = speaks;
    }

    /**
     * Reads the logs whole.
     *
     * @param operator whose metrics count refused records; its first subtask logs them
     */
    public static Surroundings open(ControlLog log, RuntimeContext operator) {
        Surroundings surroundings = new Surroundings(
                operator.getMetricGroup().counter(REFUSED),
                operator.getTaskInfo().getIndexOfThisSubtask() == 0);
        log.readToEnd().forEach(surroundings::apply);
        return surroundings;
    }

    /**
     * Takes one control in. One that cannot be read is left out, counted and logged, once however often it comes: it must
     * not stop the job.
     */
    public void apply(Control control) {
        try {
            switch (control.kind()) {
                case SENSOR -> sensors.apply(JsonCodec.read(control.json(), Sensor.class));
                case RULE -> rules.apply(RuleCodec.read(control.json()));
                case SINCE -> since = Math.max(since, control.since());
            }
        } catch (InvalidRuleException | UncheckedIOException e) {
            refuse(control, e);
        } catch (RuntimeException e) {
            // Whatever else a record can do to us, it must not end the job that everybody's readings go through.
            refuse(control, e);
        }
    }

    private void refuse(Control control, Exception why) {
        if (known.size() < REMEMBERED_AT_MOST && !known.add(Identity.hash(control.json()))) {
            return;
        }
        refused.inc();
        if (speaks) {
            Throwable cause = why.getCause() == null ? why : why.getCause();
            LOG.warn("left out an invalid {} record '{}': {}", control.kind(), control.key(), cause.getMessage());
        }
    }

    public SensorLog sensors() {
        return sensors;
    }

    public RuleBook rules() {
        return rules;
    }

    /** Start of the time over which intake has been uninterrupted, epoch ms. */
    public long since() {
        return since;
    }
}
