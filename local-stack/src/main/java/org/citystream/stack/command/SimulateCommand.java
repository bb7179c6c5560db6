package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code ./city simulate}: the simulator's program, with its own options. */
@Command(
        name = "simulate",
        description =
                "Runs the sensor simulator against a running stack: simulate --help. With --kafka-bootstrap-servers: against brokers of your own.")
public final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return SimulatorProgram.run(choice, "simulate", arguments);
    }
}
