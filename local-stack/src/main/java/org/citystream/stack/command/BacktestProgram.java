package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.process.ForegroundProgram;

/** The program that decides again about what was: on a running stack's Kafka, or on what its own options name. */
final class BacktestProgram {
    private static final int HEAP_MB = 1024;
    private static final String KAFKA = "--kafka-bootstrap-servers";

    private BacktestProgram() {}

    /**
     * Runs one of its commands to its end; returns its exit code.
     *
     * @param needsStack whether there is nothing to be done without a stack, unless Kafka is named
     */
    static int run(StackChoice choice, boolean needsStack, String command, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(arguments);
        if (!names(arguments, KAFKA) && !names(arguments, "--help") && !names(arguments, "-h")) {
            // Without any argument the program itself says which it needs.
            if (needsStack && !arguments.isEmpty()) {
                choice.running();
            }
            choice.runningIfAny()
                    .ifPresent(stack ->
                            all.addAll(List.of(KAFKA, stack.state().ports().kafkaBootstrap())));
        }
        return ForegroundProgram.run(
                Checkout.current().backtestClassPath(), "org.citystream.backtest.BacktestMain", HEAP_MB, all);
    }

    static boolean names(List<String> arguments, String option) {
        return arguments.stream().anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
    }
}
