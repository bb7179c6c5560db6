package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code ./city replay}: the simulator's program, with its own options. */
@Command(
        name = "replay",
        description =
                "Plays a recording, or another deployment's readings, into a running stack: replay --help. With --kafka-bootstrap-servers: against brokers of your own.")
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return SimulatorProgram.run(choice, "replay", arguments);
    }
}
