package org.citystream.gateway;

import java.time.InstantSource;
import org.citystream.service.ServiceRunner;

/** The gateway process. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] arguments) {
        ServiceRunner.run(
                "gateway",
                new GatewayConfig(),
                arguments,
                config -> Gateway.start(config, InstantSource.system(), ServiceRunner::fail));
    }
}
