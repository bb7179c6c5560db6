package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citystream.service.config.UsageCheck;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.process.ForegroundProgram;
import org.citystream.stack.state.RunningStacks.Running;

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
        if (Stream.of(KAFKA, UsageCheck.OPTION, "--help", "-h").anyMatch(option -> names(arguments, option))) {
            return run(all);
        }
        if (needsStack) {
            return choice.onRunning(() -> run(with(all, UsageCheck.OPTION)), stack -> run(with(all, kafka(stack))));
        }
        return run(choice.runningIfAny().map(stack -> with(all, kafka(stack))).orElse(all));
    }

    private static String kafka(Running stack) {
        return KAFKA + "=" + stack.state().ports().kafkaBootstrap();
    }

    private static List<String> with(List<String> arguments, String more) {
        List<String> all = new ArrayList<>(arguments);
        all.add(more);
        return all;
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException {
        return ForegroundProgram.run(
                Checkout.current().backtestClassPath(), "org.citystream.backtest.BacktestMain", HEAP_MB, arguments);
    }

    static boolean names(List<String> arguments, String option) {
        return arguments.stream().anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
    }
}
