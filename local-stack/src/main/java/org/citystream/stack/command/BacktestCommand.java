package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code ./city backtest}: rules tried on a recording, or on what a stack has kept. */
@Command(name = "backtest", description = "Tries rules on what was: backtest --help.")
public final class BacktestCommand implements Callable<Integer> {
    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return BacktestProgram.run(choice, !BacktestProgram.names(arguments, "--readings"), "backtest", arguments);
    }
}
