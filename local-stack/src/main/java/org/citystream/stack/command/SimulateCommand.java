package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.up.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * {@code ./city simulate}: the simulator against a running stack, with the simulator's own options. To write a recording or
 * to explain itself it needs no stack.
 */
@Command(
        name = "simulate",
        description =
                "Runs the simulator against a running stack, or with --to DIR writes a recording; --help explains.")
public final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (arguments.stream().anyMatch(SimulateCommand::needsNoStack)) {
            List<String> all = new ArrayList<>(List.of("simulate"));
            all.addAll(arguments);
            return SimulatorProgram.run(all);
        }
        Running stack = choice.running();
        Services services =
                new Services(Checkout.current(), stack.data(), stack.state().ports());
        List<String> all = new ArrayList<>(List.of("simulate"));
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(services.simulatorCommand(all)).inheritIO();
        builder.environment().putAll(services.simulatorEnvironment());
        // Beside the stack's own simulator, whose port and run file it must not take.
        builder.environment().put("HTTP_PORT", "0");
        builder.environment()
                .put(
                        "SIMULATOR_DATA_DIR",
                        stack.data().simulator().resolve("by-hand").toString());
        return builder.start().waitFor();
    }

    private static boolean needsNoStack(String argument) {
        return List.of("--to", "--help", "-h", "--list-scenarios", "--list-faults")
                        .contains(argument)
                || argument.startsWith("--to=");
    }
}
