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
 * What the deployment calls now, for silences and mute intervals over what has no event of its own: as {@link #read} last,
 * and carried on since; the wall clock where there was none to read. Answers at once, whatever Kafka does.
 */
final class CityClock implements Supplier<Instant> {
    private static final Logger LOG = LoggerFactory.getLogger(CityClock.class);

    private final DeploymentClock clock;
    private final InstantSource wallClock;
    private volatile Optional<Reading> reading = Optional.empty();

    private record Reading(ClockState state, Instant at) {
        Instant carriedOnTo(Instant now) {
            return state.now().plusMillis((long) (Duration.between(at, now).toMillis() * state.speed()));
        }
    }

    CityClock(DeploymentClock clock, InstantSource wallClock) {
        this.clock = clock;
        this.wallClock = wallClock;
    }

    @Override
    public Instant get() {
        Instant now = wallClock.instant();
        return reading.map(r -> r.carriedOnTo(now)).orElse(now);
    }

    /** Reads the clock anew; may take as long as Kafka does. */
    void read() {
        try {
            reading = clock.read().map(state -> new Reading(state, wallClock.instant()));
        } catch (RuleLogException e) {
            LOG.debug("the city's clock cannot be read: {}", e.getMessage());
        }
    }
}
