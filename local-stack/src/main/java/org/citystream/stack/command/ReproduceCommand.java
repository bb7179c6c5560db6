package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code ./city reproduce}: an event decided again from the very readings it rests on. */
@Command(name = "reproduce", description = "Decides one event again from its readings: reproduce EVENT_ID.")
public final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return BacktestProgram.run(choice, true, "reproduce", arguments);
    }
}
