package org.citystream.simulator;

import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.Problems;
import picocli.CommandLine.Option;

/** Where health, metrics and progress are served. A picocli mixin. */
final class ManagementSettings {
    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address of the management server (default: ${DEFAULT-VALUE}).")
    String httpHost = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8092",
            description = "Its port, 0 for any: /health/live, /health/ready, /metrics, /api/v1/progress"
                    + " (default: ${DEFAULT-VALUE}).")
    int httpPort = 8092;

    /** @throws ConfigurationException if nothing can be served there */
    void check() throws ConfigurationException {
        Problems problems = new Problems();
        problems.port("http-port", httpPort);
        problems.refuseAny();
    }
}
