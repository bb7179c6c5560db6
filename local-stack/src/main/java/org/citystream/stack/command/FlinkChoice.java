package org.citystream.stack.command;

import java.io.IOException;
import java.util.Optional;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;
import org.citystream.stack.flink.FlinkFailure;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.flink.JobRecord;
import org.citystream.stack.state.RunningStacks.Running;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which Flink cluster is meant: that of the local stack, or any other; and what is told of it. */
final class FlinkChoice {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin
    private StackChoice stack = new StackChoice();

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "REST address of a cluster, such as http://flink:8081 (default: that of the local stack).")
    private @Nullable String url;

    /** Whether the cluster is not the local stack's. */
    boolean isElsewhere() {
        return url != null;
    }

    /** The local stack that is meant; fails if none runs. */
    Running stack() {
        return stack.running();
    }

    /** What the local stack notes of its jobs; other clusters are nobody's. */
    Optional<JobRecord> record() {
        return isElsewhere()
                ? Optional.empty()
                : Optional.of(new JobRecord(stack().data().flink()));
    }

    /** The command that has these options. */
    CommandSpec command() {
        if (command == null) {
            throw new IllegalStateException("run through picocli");
        }
        return command;
    }

    /** Shows at once how far it is. */
    void say(String line) {
        command().commandLine().getOut().println(line);
        command().commandLine().getOut().flush();
    }

    /** What is done with Flink. */
    @FunctionalInterface
    interface Talk {
        void with(FlinkRest flink) throws IOException, InterruptedException;
    }

    /** Returns 0 when it is done. */
    int talking(Talk talk) throws InterruptedException {
        String address = url == null ? stack().state().ports().flinkUrl() : url;
        try {
            talk.with(new FlinkRest(address));
            return 0;
        } catch (FlinkFailure e) {
            throw new CityFailure(
                    "Flink at " + address + " refuses: " + e.getMessage(), "./city jobs list says what it runs", e);
        } catch (IOException e) {
            throw new CityFailure(
                    "Flink at " + address + ": " + Reason.of(e),
                    "check that it runs there: curl " + address + "/overview",
                    e);
        } catch (IllegalArgumentException e) {
            throw new CityFailure(
                    "'" + address + "' is no address of Flink: " + e.getMessage(),
                    "such as --flink http://flink:8081",
                    e);
        }
    }
}
