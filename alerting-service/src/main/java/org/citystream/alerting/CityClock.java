package org.citystream.alerting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.citystream.alerting.rule.DeploymentClock;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.model.reading.ClockState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the deployment calls now, for silences and mute intervals over what has no event of its own. Read rarely and
 * carried on in between; the wall clock where there is none to read.
 */
final class CityClock implements Supplier<Instant> {
    private static final Logger LOG = LoggerFactory.getLogger(CityClock.class);
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final DeploymentClock clock;
    private final InstantSource wallClock;
    private Optional<ClockState> reading = Optional.empty();
    private Instant readAt = Instant.EPOCH;
    private Instant triedAt = Instant.EPOCH;

    CityClock(DeploymentClock clock, InstantSource wallClock) {
        this.clock = clock;
        this.wallClock = wallClock;
    }

    @Override
    public synchronized Instant get() {
        Instant now = wallClock.instant();
        if (!now.isBefore(triedAt.plus(KEPT))) {
            triedAt = now;
            read(now);
        }
        Duration since = Duration.between(readAt, now);
        return reading.map(r -> r.now().plusMillis((long) (since.toMillis() * r.speed())))
                .orElse(now);
    }

    private void read(Instant now) {
        try {
            reading = clock.read();
            readAt = now;
        } catch (RuleLogException e) {
            LOG.debug("the city's clock cannot be read: {}", e.getMessage());
        }
    }
}
