package org.citystream.stack.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.citystream.embedded.LeftBehindPostgres;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.preflight.Preflight;
import org.citystream.stack.state.RunningStacks;
import org.citystream.stack.state.StackState;
import org.citystream.stack.state.StateFile;
import org.citystream.stack.up.Ending;
import org.citystream.stack.up.LocalStack;
import org.citystream.stack.up.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./city up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts the whole pipeline and keeps it running: brokers, stores, Flink with its jobs, services, a"
                        + " simulated city. Ctrl-C stops all of it; a second up continues on the same data.")
public final class UpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private StackChoice choice = new StackChoice();

    @ArgGroup
    private @Nullable SourceChoice sourceChoice;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Times real time, for simulation and replay; max: as fast as possible.")
    private @Nullable String speed;

    @ArgGroup(exclusive = false)
    private @Nullable CityOptions city;

    @Option(
            names = "--ledger",
            description = "Keeps a ledger of every message of the simulator or replay, for ./city verify.")
    private boolean ledger;

    @Option(
            names = "--breakable",
            description = "Reaches brokers and stores by lines that ./city verify --chaos can break.")
    private boolean breakable;

    @Option(names = "--detach", description = "Runs in the background; returns when all services are up.")
    private boolean detach;

    @Option(names = "--skip-memory-check", description = "Starts even if little memory seems to be free.")
    private boolean skipMemoryCheck;

    /** Given to the background process that {@code --detach} starts. */
    @Option(names = "--background", hidden = true)
    private boolean background;

    /** Which city is simulated. */
    static final class CityOptions {
        @Option(
                names = "--city",
                paramLabel = "CITY",
                description = "The simulated city: a city file, lindholm (default), varied, or one to generate such as"
                        + " grid:rows=6,columns=8. ./city generate --help explains.")
        private @Nullable String name;

        @Option(names = "--seed", paramLabel = "N", description = "Everything random in it follows from this.")
        private @Nullable Long seed;

        @Option(names = "--vary", description = "Varies its drivers, demand and detectors by the seed.")
        private boolean vary;

        List<String> arguments() {
            List<String> arguments = new ArrayList<>();
            if (name != null) {
                boolean file = Files.exists(Path.of(name));
                arguments.addAll(
                        List.of("--city", file ? Path.of(name).toAbsolutePath().toString() : name));
            }
            if (seed != null) {
                arguments.addAll(List.of("--seed", seed.toString()));
            }
            if (vary) {
                arguments.add("--vary");
            }
            return arguments;
        }
    }

    /** One of three. */
    static final class SourceChoice {
        @Option(
                names = "--scenario",
                paramLabel = "NAME",
                description =
                        "What happens in the simulated city: accident (default), morning-rush, storm, smog-episode,"
                                + " ...; several at once joined by '+'. ./city simulate --list-scenarios tells them.")
        private @Nullable String scenario;

        @Option(names = "--replay", paramLabel = "DIR", description = "Plays a folder of recorded readings instead.")
        private @Nullable Path replay;

        @Option(names = "--no-simulator", description = "Starts no simulator; sensors send from outside.")
        private boolean none;
    }

    @Override
    public Integer call() throws Exception {
        Source source = source();
        Ports ports = choice.ports();
        if (!background && mayBeMisunderstood()) {
            int understood = SimulatorProgram.check(source.arguments());
            if (understood != 0) {
                return understood;
            }
        }
        return detach ? inBackground() : run(source, ports);
    }

    /** Whether there is anything that only the simulator can judge; asking takes a process and its time. */
    private boolean mayBeMisunderstood() {
        return city != null || sourceChoice != null && !sourceChoice.none;
    }

    Source source() {
        if (speed != null && !isSpeed(speed)) {
            throw new ParameterException(
                    command().commandLine(), "--speed must be a number above 0 or max, not '" + speed + "'");
        }
        if (sourceChoice == null || sourceChoice.scenario != null) {
            String scenario = sourceChoice == null || sourceChoice.scenario == null
                    ? Source.DEFAULT_SCENARIO
                    : sourceChoice.scenario;
            return Source.scenario(scenario, speed, city == null ? List.of() : city.arguments());
        }
        if (city != null) {
            throw new ParameterException(
                    command().commandLine(), "--city, --seed and --vary have a meaning for a simulated city only");
        }
        if (sourceChoice.replay != null) {
            return Source.replay(sourceChoice.replay, speed);
        }
        if (speed != null) {
            throw new ParameterException(command().commandLine(), "--speed has no meaning with --no-simulator");
        }
        if (ledger) {
            throw new ParameterException(
                    command().commandLine(),
                    "--ledger has no meaning with --no-simulator; sensors from outside keep their own");
        }
        return Source.outside();
    }

    private static boolean isSpeed(String text) {
        try {
            double factor = text.equals("max") ? 1 : Double.parseDouble(text);
            return factor > 0 && Double.isFinite(factor);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private int run(Source source, Ports ports) throws Exception {
        Checkout checkout = Checkout.current();
        Path directory = choice.dataDirectory();
        Preflight preflight = new Preflight();
        preflight.checkPlatform();
        preflight.checkDisk(directory);
        DataDirectory data = DataDirectory.open(directory);
        try (FileLock lock = lock(data)) {
            refuseLeftovers(data);
            LeftBehindPostgres.stop(data.postgres());
            preflight.checkPorts(ports, breakable);
            if (!skipMemoryCheck) {
                preflight.checkMemory();
            }
            return supervise(checkout, data, ports, ledger ? source.withLedger(data.ledger()) : source, lock);
        }
    }

    private static FileLock lock(DataDirectory data) {
        return data.lock()
                .orElseThrow(() -> new CityFailure(
                        "a stack is already running on " + data.root(),
                        "look at it with ./city status, stop it with ./city down, or give another --data-dir"
                                + " and --port-offset"));
    }

    /** Services whose supervisor was killed hold the ports and the data. */
    private static void refuseLeftovers(DataDirectory data) {
        if (new StateFile(data.stateFile()).read().filter(StackState::isAlive).isPresent()) {
            throw new CityFailure(
                    "services of an earlier run on " + data.root() + " are still running without a supervisor",
                    "stop them: ./city down --data-dir " + data.root());
        }
    }

    private int supervise(Checkout checkout, DataDirectory data, Ports ports, Source source, FileLock lock)
            throws Exception {
        RunningStacks stacks = new RunningStacks(checkout);
        say(data, "CityStream: starting " + source.description() + " on " + data.root());
        LocalStack stack = new LocalStack(checkout, data, ports, source, breakable, line -> say(data, line));
        stacks.add(data);
        Ending ending = new Ending(exitCode -> Runtime.getRuntime().halt(exitCode));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped(data, stack, stacks, ending), "stop-stack"));
        try {
            stack.start();
            announce(data, ports);
        } catch (Exception | Error e) {
            ending.by(() -> failed(data, stack, stacks, e), 1);
        }
        if (background) {
            System.out.close();
            System.err.close();
        }
        new CountDownLatch(1).await();
        return lock.isValid() ? 0 : 1;
    }

    private void failed(DataDirectory data, LocalStack stack, RunningStacks stacks, Throwable why) {
        say(data, "CityStream: failed, stopping what was started");
        try {
            stack.stop("failed");
            stacks.remove(data);
        } finally {
            String reason = why instanceof CityFailure ? why.getMessage() : "this should not happen: " + why;
            tell(command().commandLine().getErr(), data, "city: " + reason);
        }
    }

    private void stopped(DataDirectory data, LocalStack stack, RunningStacks stacks, Ending ending) {
        try {
            ending.by(
                    () -> {
                        say(data, "CityStream: stopping");
                        stack.stop("down");
                        stacks.remove(data);
                        say(data, "CityStream: stopped; the data stay in " + data.root());
                    },
                    0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(DataDirectory data, Ports ports) {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        say(data, String.format(Locale.ROOT, "CityStream is up (%.1f s)", seconds));
        say(data, "  dashboard   " + ports.dashboardUrl() + "/");
        say(data, "  alerting    " + ports.alertingUrl() + "/api/v1/alerts");
        say(data, "  Flink       " + ports.flinkUrl() + "/");
        say(data, "  MQTT        " + ports.mqttUrl() + "   topics city/CITY/traffic/SENSOR, city/CITY/air/SENSOR");
        say(data, "  Kafka       " + ports.kafkaBootstrap());
        say(data, "  logs        " + data.logs() + "   (./city logs SERVICE -f)");
        say(data, background ? "Stop it with ./city down." : "Ctrl-C stops it.");
    }

    private void say(DataDirectory data, String line) {
        tell(command().commandLine().getOut(), data, line);
    }

    /** To people and to the supervisor's log. */
    private static void tell(PrintWriter out, DataDirectory data, String line) {
        out.println(line);
        out.flush();
        try {
            Files.writeString(
                    data.log("supervisor"),
                    java.time.Instant.now() + " " + line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // People have been told; a full disk must not keep anything from being stopped.
            out.println("city: cannot write the supervisor's log: " + Reason.of(e));
            out.flush();
        }
    }

    /**
     * The same command as a process of its own session, which we listen to until it closes its output. Until then Ctrl-C
     * stops it, as it does without {@code --detach}.
     */
    private int inBackground() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(backgroundCommand()).start();
        process.getOutputStream().close();
        AtomicBoolean onItsOwn = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopUnless(onItsOwn, process), "stop-background"));
        CommandLine commandLine = command().commandLine();
        Thread errors = new Thread(
                () -> pass(process.errorReader(StandardCharsets.UTF_8), commandLine.getErr()), "background-errors");
        errors.start();
        pass(process.inputReader(StandardCharsets.UTF_8), commandLine.getOut());
        errors.join();
        onItsOwn.set(true);
        return stillRuns(process) ? 0 : 1;
    }

    private static void stopUnless(AtomicBoolean onItsOwn, Process process) {
        if (onItsOwn.get()) {
            return;
        }
        // Unlike the process itself, its handle leaves open what we listen to.
        process.toHandle().destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes lines on as they come, until there are no more. */
    private static void pass(BufferedReader from, PrintWriter to) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                to.println(line);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen to the background process", e);
        }
    }

    /** A process that has closed its output and ends has a moment between the two. */
    private static boolean stillRuns(Process process) throws InterruptedException {
        return !process.waitFor(300, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private List<String> backgroundCommand() {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            line.add("/usr/bin/setsid");
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.citystream.stack.CityMain"));
        for (String argument :
                command().commandLine().getParent().getParseResult().originalArgs()) {
            if (!argument.equals("--detach")) {
                line.add(argument);
            }
        }
        line.add("--background");
        return line;
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}
