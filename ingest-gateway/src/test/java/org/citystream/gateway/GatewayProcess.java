package org.citystream.gateway;

import java.util.ArrayList;
import java.util.List;
import org.citystream.testsupport.ChildJvm;
import org.citystream.testsupport.Mosquitto;
import org.jspecify.annotations.Nullable;

/** A gateway in a process of its own, which can be killed. */
final class GatewayProcess implements AutoCloseable {
    static final int RECEIVE_MAXIMUM = 200;

    private final List<String> arguments;
    private final Probe probe = new Probe(Mosquitto.freePort());
    private @Nullable ChildJvm process;

    /** Starts it; returns when it is ready. */
    GatewayProcess(City city, String clientId, String... more) {
        List<String> own = new ArrayList<>(List.of(more));
        own.addAll(List.of(
                "--http-port=" + probe.port(),
                "--mqtt-client-id=" + clientId,
                "--mqtt-receive-maximum=" + RECEIVE_MAXIMUM));
        arguments = city.arguments(own.toArray(String[]::new));
        start();
    }

    private void start() {
        process = ChildJvm.start(List.of("-Xmx64m"), GatewayMain.class, arguments.toArray(String[]::new));
        probe.awaitReady();
    }

    Probe probe() {
        return probe;
    }

    private void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    void killAndStart() {
        kill();
        start();
    }

    @Override
    public void close() {
        kill();
    }
}
