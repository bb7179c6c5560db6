package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.process.ForegroundProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./city score}: detection judged over a recording; needs no running stack. */
@Command(
        name = "score",
        description = "Judges detection over a recording by what is known to have happened: score traffic --help.")
public final class ScoreCommand implements Callable<Integer> {
    private static final int HEAP_MB = 1024;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ForegroundProgram.run(
                Checkout.current().classPath("scoring"), "org.citystream.scoring.ScoreMain", HEAP_MB, arguments);
    }
}
