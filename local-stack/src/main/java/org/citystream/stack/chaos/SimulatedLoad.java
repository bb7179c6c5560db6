package org.citystream.stack.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.up.Services;

/**
 * A city of its own, simulated in place of the stack's: other sensors, an MQTT client of its own, a ledger, and the clock,
 * which follows the readings.
 */
final class SimulatedLoad implements Load {
    /** Two freeways in a ring with rush hours and incidents, some six hundred readings a minute of clock. */
    private static final String CITY = "ring:radiusKm=5";

    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final HeldSimulator held;
    private final Process process;
    private final Path directory;
    private boolean closed;

    private SimulatedLoad(HeldSimulator held, Process process, Path directory) {
        this.held = held;
        this.process = process;
        this.directory = directory;
    }

    /**
     * Starts it in place of the stack's own source, which goes on when this is closed.
     *
     * @param directory where its ledger, its truth and its log go
     */
    static SimulatedLoad start(Running stack, int messagesPerSecond, long seed, Path directory)
            throws InterruptedException {
        Services services =
                new Services(Checkout.current(), stack.data(), stack.state().ports());
        List<String> command = services.simulatorCommand(List.of(
                "simulate",
                "--city",
                CITY,
                "--scenario",
                "incidents",
                "--seed",
                Long.toString(seed),
                "--backfill",
                "false",
                "--load",
                "constant:rate=" + messagesPerSecond,
                "--ledger",
                directory.resolve("ledger").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        Map<String, String> environment = new TreeMap<>(services.simulatorEnvironment());
        environment.put("HTTP_PORT", "0");
        environment.put("SIMULATOR_DATA_DIR", directory.toString());
        environment.put("MQTT_CLIENT_ID", "citystream-chaos");
        builder.environment().putAll(environment);
        HeldSimulator held = HeldSimulator.of(stack);
        try {
            return new SimulatedLoad(held, builder.start(), directory);
        } catch (IOException e) {
            held.release();
            throw new CityFailure("the simulator cannot be started: " + e, "check the JDK", e);
        }
    }

    private static Path log(Path directory) {
        return directory.resolve("load.log");
    }

    @Override
    public Optional<Path> ledger() {
        return Optional.of(directory.resolve("ledger"));
    }

    @Override
    public String problem() {
        return process.isAlive() ? "" : "the simulator ended with " + process.exitValue() + "; see " + log(directory);
    }

    @Override
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public synchronized void close() throws InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        stop();
        held.release();
    }
}
