package org.citystream.simulator.kafka;

import java.time.Instant;
import java.util.Optional;
import org.citystream.model.reading.ClockState;
import org.citystream.service.kafka.ClockTopic;
import org.citystream.service.kafka.KafkaSettings;

/** Where the deployment's clock stands: what was last written of it, not what it may have become since. */
public final class DeploymentClock {
    private DeploymentClock() {}

    /** Empty in a new deployment. */
    public static Optional<Instant> read(KafkaSettings kafka) {
        return ClockTopic.latest(kafka).map(ClockState::now);
    }
}
