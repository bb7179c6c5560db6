package org.citystream.alerting;

import java.time.InstantSource;
import org.citystream.service.ServiceRunner;

/** Starts the alerting service as a process. */
public final class AlertingMain {
    private AlertingMain() {}

    public static void main(String[] arguments) {
        ServiceRunner.run(
                "alerting",
                new AlertingConfig(),
                arguments,
                config -> Alerting.start(config.checked(), InstantSource.system()));
    }
}
