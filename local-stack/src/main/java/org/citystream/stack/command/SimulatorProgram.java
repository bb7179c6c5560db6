package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.service.config.UsageCheck;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.process.ForegroundProgram;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.up.Services;

/** The simulator's program with its own options: beside a running stack, or against brokers that the options name. */
final class SimulatorProgram {
    /** A city of 100,000 detectors fits. */
    private static final int HEAP_MB = 1536;

    private static final String KAFKA = "--kafka-bootstrap-servers";

    private SimulatorProgram() {}

    /** Runs one of its commands to its end; returns its exit code. */
    static int run(StackChoice choice, String command, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(arguments);
        if (arguments.stream().anyMatch(SimulatorProgram::needsNoStack)) {
            return run(all);
        }
        return choice.onRunning(() -> check(all), stack -> beside(stack, all));
    }

    private static int beside(Running stack, List<String> all) throws IOException, InterruptedException {
        Services services =
                new Services(Checkout.current(), stack.data(), stack.state().ports());
        ProcessBuilder builder = new ProcessBuilder(services.simulatorCommand(all)).inheritIO();
        builder.environment().putAll(environment(services, stack.data()));
        return builder.start().waitFor();
    }

    /** Whether it understands a command: 0, or 2 after it has said what is wrong. */
    static int check(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add(UsageCheck.OPTION);
        return run(all);
    }

    /** Runs it without a stack; returns its exit code. */
    static int run(List<String> arguments) throws IOException, InterruptedException {
        return ForegroundProgram.run(
                Checkout.current().classPath("simulator"),
                "org.citystream.simulator.SimulatorMain",
                HEAP_MB,
                arguments);
    }

    private static boolean needsNoStack(String argument) {
        return List.of("--to", "--help", "-h", UsageCheck.OPTION, "--list-scenarios", "--list-faults", KAFKA)
                        .contains(argument)
                || argument.startsWith("--to=")
                || argument.startsWith(KAFKA + "=");
    }

    /** Beside the stack's own simulator, whose port, run file and MQTT sessions it must not take. */
    private static Map<String, String> environment(Services services, DataDirectory data) {
        Map<String, String> environment = new TreeMap<>(services.simulatorEnvironment());
        environment.put("HTTP_PORT", "0");
        environment.put("MQTT_CLIENT_ID", "citystream-by-hand");
        environment.put(
                "SIMULATOR_DATA_DIR", data.simulator().resolve("by-hand").toString());
        return environment;
    }
}
