package org.citystream.alerting.rule;

import java.util.Optional;
import org.citystream.model.reading.ClockState;

/** What the deployment calls now. */
@FunctionalInterface
public interface DeploymentClock {

    /**
     * Empty if the clock has never run: nothing has been decided in this deployment yet.
     *
     * @throws RuleLogException if it cannot be read just now
     */
    Optional<ClockState> read();
}
