package org.citystream.jobs.control;

import java.io.UncheckedIOException;
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
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private long since = Long.MIN_VALUE;

    /** Reads the logs whole. */
    public static Surroundings open(ControlLog log) {
        Surroundings surroundings = new Surroundings();
        log.readToEnd().forEach(surroundings::apply);
        return surroundings;
    }

    /** Takes one control in; one that cannot be read is logged and left out, it must not stop the job. */
    public void apply(Control control) {
        try {
            switch (control.kind()) {
                case SENSOR -> sensors.apply(JsonCodec.read(control.json(), Sensor.class));
                case RULE -> rules.apply(RuleCodec.read(control.json()));
                case SINCE -> since = Math.max(since, control.since());
            }
        } catch (InvalidRuleException | UncheckedIOException | IllegalArgumentException e) {
            LOG.warn("left out an invalid {} record: {}", control.kind(), e.getMessage());
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
