package org.citystream.alerting.rule;

import java.time.Instant;
import java.util.Optional;

/** What the deployment calls now. */
@FunctionalInterface
public interface DeploymentClock {

    /**
     * A reading of the clock.
     *
     * @param now the clock at this moment
     * @param speed clock seconds per wall second
     */
    record Reading(Instant now, double speed) {}

    /**
     * Empty if the clock has never run: nothing has been decided in this deployment yet.
     *
     * @throws RuleLogException if it cannot be read just now
     */
    Optional<Reading> read();
}
