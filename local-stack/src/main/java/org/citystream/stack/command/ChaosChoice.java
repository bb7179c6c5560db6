package org.citystream.stack.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.citystream.stack.chaos.ChaosRun;
import org.citystream.stack.chaos.Pace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is broken before the audit. */
final class ChaosChoice {
    private static final int LARGEST_SEED = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--chaos", paramLabel = "N", description = "Inflict so many faults first.")
    private @Nullable Integer faults;

    @Option(
            names = "--at-once",
            paramLabel = "K",
            defaultValue = "1",
            description = "So many of them begin together, each on another component (default: ${DEFAULT-VALUE}).")
    private int atOnce = 1;

    @Option(
            names = "--every",
            paramLabel = "PERIOD",
            description =
                    "At least so long from one to the next, such as PT2M; between them the heap, threads and open files of"
                            + " every service of a stack are taken (default: as soon as all is well).")
    private @Nullable Duration every;

    @Option(names = "--seed", paramLabel = "S", description = "Which faults follows from it (default: a random one).")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Messages a second of a simulated load meanwhile (default on a stack: 200); 0: none.")
    private @Nullable Integer rate;

    @Option(
            names = "--may-break",
            paramLabel = "FILE",
            description = "What may be broken of a deployment of your own, and how: docs/verify.md.")
    private @Nullable Path mayBreak;

    boolean isWanted() {
        return faults != null;
    }

    @Nullable Path mayBreak() {
        return mayBreak;
    }

    /** @param usualRate messages a second, unless others are wanted */
    ChaosRun.Settings settings(int usualRate) {
        if (faults == null || faults < 1) {
            throw wrong("--chaos must be at least 1");
        }
        int messagesPerSecond = rate == null ? usualRate : rate;
        if (messagesPerSecond < 0) {
            throw wrong("--rate must be 0 or more messages a second");
        }
        if (atOnce < 1) {
            throw wrong("--at-once must be at least 1");
        }
        if (every != null && (every.isNegative() || every.isZero())) {
            throw wrong("--every must be longer than nothing, such as PT2M");
        }
        Pace pace = new Pace(atOnce, every == null ? Duration.ZERO : every);
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(LARGEST_SEED) : seed;
        return new ChaosRun.Settings(faults, pace, chosen, messagesPerSecond);
    }

    private ParameterException wrong(String problem) {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return new ParameterException(spec.commandLine(), problem);
    }
}
