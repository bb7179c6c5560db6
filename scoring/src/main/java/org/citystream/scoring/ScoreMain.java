package org.citystream.scoring;

import java.io.PrintWriter;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.recordings.RecordingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code ./city score}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "./city score",
        description = "Judges detection by what is known to have happened.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TrafficCommand.class)
public final class ScoreMain {
    private static final int FAILED = 1;

    private ScoreMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ScoreMain()).setExecutionExceptionHandler(ScoreMain::report);
    }

    private static int report(Exception failure, CommandLine commandLine, ParseResult arguments) throws Exception {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof RecordingException) {
            err.println("city: " + failure.getMessage());
            err.println("  what to do: see docs/recordings.md for what a recording and its truth look like");
        } else if (failure instanceof InvalidRuleException) {
            err.println("city: the rules are invalid: " + failure.getMessage());
            err.println("  what to do: correct them; ./city rules show prints rules that are valid");
        } else if (failure instanceof java.nio.file.NoSuchFileException) {
            err.println("city: there is no file " + failure.getMessage());
            err.println("  what to do: check the path");
        } else {
            throw failure;
        }
        return FAILED;
    }
}
