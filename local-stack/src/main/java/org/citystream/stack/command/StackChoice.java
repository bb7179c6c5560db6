package org.citystream.stack.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.state.RunningStacks;
import org.citystream.stack.state.RunningStacks.Running;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which stack is meant. */
final class StackChoice {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Directory of the stack's data (default: .city/data in the checkout).")
    private @Nullable Path dataDir;

    @Option(names = "--port-offset", paramLabel = "N", description = "Added to every port (default: 0).")
    private @Nullable Integer portOffset;

    /** The stack that runs; fails if none does. */
    Running running() {
        return new RunningStacks(Checkout.current()).find(dataDir, offset());
    }

    /** Whether a program understands what it is handed: its exit code. */
    @FunctionalInterface
    interface Question {
        int answer() throws IOException, InterruptedException;
    }

    /** What a program does with a stack: its exit code. */
    @FunctionalInterface
    interface Work {
        int on(Running stack) throws IOException, InterruptedException;
    }

    /**
     * Does work of a program that itself judges its arguments. Where there is no stack to do it on, the program is asked
     * first: wrong usage would stay wrong with one.
     *
     * @return the program's exit code
     * @throws CityFailure if the usage is right, and no stack runs or several do and none was named
     */
    int onRunning(Question isUnderstood, Work work) throws IOException, InterruptedException {
        Running stack;
        try {
            stack = running();
        } catch (CityFailure noStack) {
            if (isUnderstood.answer() == ExitCode.USAGE) {
                return ExitCode.USAGE;
            }
            throw noStack;
        }
        return work.on(stack);
    }

    Optional<Running> runningIfAny() {
        return new RunningStacks(Checkout.current()).findIfAny(dataDir, offset());
    }

    private OptionalInt offset() {
        return portOffset == null ? OptionalInt.empty() : OptionalInt.of(ports().offset());
    }

    Path dataDirectory() {
        return dataDir == null ? Checkout.current().defaultDataDirectory() : dataDir;
    }

    /** That of the running stack, else the one that would be its. */
    Path dataDirectoryInUse() {
        return runningIfAny().map(running -> running.data().root()).orElseGet(this::dataDirectory);
    }

    /** The ports a stack of this offset has, running or not. */
    Ports ports() {
        try {
            return new Ports(portOffset == null ? 0 : portOffset);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), "--port-offset: " + e.getMessage(), e);
        }
    }
}
