package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code ./city rules diff}: two versions of a rule over what was. */
@Command(name = "diff", description = "What two versions of a rule would have raised: rules diff --help.")
final class RulesDiffCommand implements Callable<Integer> {
    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return BacktestProgram.run(choice, true, "rules-diff", arguments);
    }
}
