package org.citystream.backtest;

import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.backtest.kafka.KafkaFailure;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.recordings.RecordingException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code ./city backtest}, {@code rules diff} and {@code reproduce}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "./city",
        description = "Decides again about what was.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BacktestCommand.class, RulesDiffCommand.class, ReproduceCommand.class})
public final class BacktestMain {
    private static final int FAILED = 1;

    private BacktestMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BacktestMain()).setExecutionExceptionHandler(BacktestMain::report);
    }

    private static int report(Exception failure, CommandLine commandLine, ParseResult arguments) throws Exception {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof BacktestFailure told) {
            say(err, told.getMessage(), told.remedy());
        } else if (failure instanceof RecordingException) {
            say(err, failure.getMessage(), "see docs/recordings.md for what a recording and its truth look like");
        } else if (failure instanceof InvalidRuleException) {
            say(err, "the rules are invalid: " + failure.getMessage(), "correct them; docs/rules.md has every field");
        } else if (failure instanceof NoSuchFileException) {
            say(err, "there is no file " + failure.getMessage(), "check the path");
        } else if (KafkaFailure.is(failure)) {
            say(
                    err,
                    "Kafka cannot be read: " + failure.getMessage(),
                    "start the stack (./city up), name it with --data-dir, or name Kafka with --kafka-bootstrap-servers");
        } else {
            throw failure;
        }
        return FAILED;
    }

    private static void say(PrintWriter err, @Nullable String what, String remedy) {
        err.println("city: " + what);
        err.println("  what to do: " + remedy);
    }
}
