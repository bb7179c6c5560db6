package org.citystream.stack;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.citystream.stack.command.AlertsCommand;
import org.citystream.stack.command.BacktestCommand;
import org.citystream.stack.command.CaptureCommand;
import org.citystream.stack.command.DownCommand;
import org.citystream.stack.command.GenerateCommand;
import org.citystream.stack.command.JobsCommand;
import org.citystream.stack.command.LogsCommand;
import org.citystream.stack.command.RejectedCommand;
import org.citystream.stack.command.ReplayCommand;
import org.citystream.stack.command.ReproduceCommand;
import org.citystream.stack.command.RoutesCommand;
import org.citystream.stack.command.RulesCommand;
import org.citystream.stack.command.ScoreCommand;
import org.citystream.stack.command.SensorsCommand;
import org.citystream.stack.command.SilencesCommand;
import org.citystream.stack.command.SimulateCommand;
import org.citystream.stack.command.StatusCommand;
import org.citystream.stack.command.TopicsCommand;
import org.citystream.stack.command.UpCommand;
import org.citystream.stack.command.VerifyCommand;
import org.citystream.stack.command.WebhookCommand;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code ./city} command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "city",
        mixinStandardHelpOptions = true,
        version = "CityStream 0.1.0",
        description = "Runs and operates the CityStream pipeline on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            SimulateCommand.class,
            ReplayCommand.class,
            CaptureCommand.class,
            GenerateCommand.class,
            JobsCommand.class,
            TopicsCommand.class,
            SensorsCommand.class,
            RejectedCommand.class,
            RulesCommand.class,
            AlertsCommand.class,
            WebhookCommand.class,
            SilencesCommand.class,
            RoutesCommand.class,
            ScoreCommand.class,
            BacktestCommand.class,
            ReproduceCommand.class,
            VerifyCommand.class
        },
        footer = {
            "",
            "The script adds: build (builds the checkout), test (everything CI runs).",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class CityMain {
    static final int FAILED = 1;

    private CityMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CityMain()).setExecutionExceptionHandler(CityMain::report);
    }

    private static int report(Exception failure, CommandLine commandLine, ParseResult arguments) {
        PrintWriter err = commandLine.getErr();
        FileSystemException file = fileFailure(failure);
        if (failure instanceof CityFailure) {
            err.println("city: " + failure.getMessage());
        } else if (file != null) {
            err.println("city: cannot use " + file.getFile() + ": " + Reason.of(file));
            err.println("  what to do: check that the path is right and that you may use it");
        } else {
            err.println("city: unexpected failure: " + failure);
            err.println("  what to do: report it with these lines");
            failure.printStackTrace(err);
        }
        return FAILED;
    }

    private static @Nullable FileSystemException fileFailure(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return cause instanceof FileSystemException file ? file : null;
    }
}
