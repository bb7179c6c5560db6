package org.citystream.alerting.rule.kafka;

import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.citystream.alerting.rule.DeploymentClock;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.ClockTopic;
import org.citystream.service.kafka.KafkaSettings;

/** The clock on {@code city.clock.v1}. */
public final class KafkaClock implements DeploymentClock {
    private final KafkaSettings settings;
    private final InstantSource wallClock;

    public KafkaClock(KafkaSettings settings, InstantSource wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
    }

    @Override
    public Optional<ClockState> read() {
        try {
            return ClockTopic.now(settings, wallClock);
        } catch (KafkaException e) {
            throw new RuleLogException("cannot read " + Topics.CLOCK + ": " + e.getMessage(), e);
        }
    }
}
