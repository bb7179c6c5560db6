package org.citystream.simulator;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.citystream.recordings.RecordingException;
import org.citystream.service.ServiceRunner;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.EnvironmentNames;
import org.citystream.service.config.UsageCheck;
import org.citystream.simulator.fault.Faults;
import org.citystream.simulator.scenario.Scenarios;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code simulate} and {@code replay}, the sources of readings that come with the product, {@code capture} and {@code generate}. */
public final class SimulatorMain {
    private static final String SIMULATE = "simulate";
    private static final String REPLAY = "replay";
    private static final String CAPTURE = "capture";
    private static final String GENERATE = "generate";

    /** Settings that several services share keep their names; the simulator's own are told apart by a prefix. */
    static final EnvironmentNames VARIABLES =
            EnvironmentNames.prefixed("SIMULATOR", List.of("mqtt", "kafka", "http", "clock"));

    private SimulatorMain() {}

    @Command(
            name = "./city",
            description = {
                "Sources of readings: a simulated city, or a recording of a real one; and what makes recordings and cities.",
                "Each option is also a key of the file that CONFIG_FILE names, and an environment variable: MQTT_URL"
                        + " for --mqtt-url,",
                "so all of --mqtt-, --kafka-, --http- and --clock-; the others with a prefix, SIMULATOR_SPEED for"
                        + " --speed."
            })
    private static final class Sources {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "--help" : arguments[0];
        String[] options = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        if (asksForHelp(command) || Arrays.stream(options).anyMatch(SimulatorMain::asksForHelp)) {
            System.exit(help(command));
        }
        if (command.equals(SIMULATE) && tell(Arrays.asList(options))) {
            System.exit(0);
        }
        if (Arrays.stream(options).anyMatch(SimulatorMain::asksForCheck)) {
            System.exit(check(command, options));
        }
        if (command.equals(SIMULATE) && Arrays.stream(options).anyMatch(SimulatorMain::namesFolder)) {
            System.exit(record(options));
        }
        switch (command) {
            case SIMULATE ->
                ServiceRunner.run(
                        SIMULATE,
                        new SimulateConfig(),
                        options,
                        VARIABLES,
                        config -> SimulateService.start(config, Clock.systemUTC()));
            case REPLAY ->
                ServiceRunner.run(
                        REPLAY,
                        new ReplayConfig(),
                        options,
                        VARIABLES,
                        config -> ReplayService.start(config, Clock.systemUTC()));
            case GENERATE -> System.exit(new CommandLine(new GenerateCommand()).execute(options));
            case CAPTURE -> System.exit(capture(options));
            default -> System.exit(unknown(command));
        }
    }

    /** Unlike the sources it is no service: it ends with its recording. */
    @SuppressWarnings("SystemOut") // a command line's answer
    private static int capture(String[] options) {
        try {
            return Configuration.load(new CaptureCommand(Clock.systemUTC()), options, VARIABLES, System.getenv())
                    .call();
        } catch (ConfigurationException e) {
            return refused(CAPTURE, e);
        } catch (RecordingException | IllegalStateException e) {
            System.err.println("capture: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static boolean asksForHelp(String argument) {
        return argument.equals("--help") || argument.equals("-h");
    }

    /** Only on the command line: a service that is configured to do nothing would be a trap. */
    private static boolean asksForCheck(String argument) {
        return argument.equals(UsageCheck.OPTION) || argument.equals(UsageCheck.OPTION + "=true");
    }

    private static boolean namesFolder(String argument) {
        return argument.equals("--to") || argument.startsWith("--to=");
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    static int record(String[] options) {
        SimulateConfig config = new SimulateConfig();
        try {
            Configuration.load(config, options, VARIABLES, System.getenv());
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            new RecordDays(config, Clock.systemUTC()).run(out);
            return 0;
        } catch (ConfigurationException e) {
            return refused(SIMULATE, e);
        }
    }

    /** Whether a command is understood: 0, or 2 after what is wrong has been said. */
    static int check(String command, String[] options) {
        try {
            switch (command) {
                case SIMULATE -> {
                    SimulateConfig config =
                            Configuration.load(new SimulateConfig(), options, VARIABLES, System.getenv());
                    config.check();
                    Wanted.of(config);
                }
                case REPLAY ->
                    Configuration.load(new ReplayConfig(), options, VARIABLES, System.getenv())
                            .check();
                case CAPTURE -> {
                    return capture(options);
                }
                default -> {
                    return unknown(command);
                }
            }
            return 0;
        } catch (ConfigurationException e) {
            return refused(command, e);
        }
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    private static int refused(String command, ConfigurationException e) {
        e.problems().forEach(problem -> System.err.println(command + ": " + problem));
        System.err.println("  what to do: ./city " + command + " --help tells what it takes");
        return 2;
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    private static boolean tell(List<String> options) {
        if (options.contains("--list-scenarios")) {
            scenarios().forEach(System.out::println);
        }
        if (options.contains("--list-faults")) {
            Faults.descriptions().forEach(System.out::println);
        }
        return options.contains("--list-scenarios") || options.contains("--list-faults");
    }

    /** One line for people on each scenario. */
    static List<String> scenarios() {
        return Scenarios.all().stream()
                .map(scenario -> String.format(Locale.ROOT, "%-16s  %s", scenario.name(), scenario.description()))
                .toList();
    }

    /** {@code simulate} with its scenarios and kinds of faults in the help text. */
    static CommandLine simulate() {
        CommandLine simulate = new CommandLine(new SimulateConfig());
        List<String> footer =
                new ArrayList<>(List.of(simulate.getCommandSpec().usageMessage().footer()));
        scenarios().forEach(line -> footer.add("  " + line));
        footer.addAll(List.of("", "Kinds of faults:"));
        Faults.descriptions().forEach(line -> footer.add("  " + line));
        simulate.getCommandSpec()
                .usageMessage()
                .footer(footer.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new));
        return simulate;
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    private static int help(String command) {
        CommandLine commands = new CommandLine(new Sources())
                .addSubcommand(SIMULATE, simulate())
                .addSubcommand(REPLAY, new ReplayConfig())
                .addSubcommand(GENERATE, new GenerateCommand())
                .addSubcommand(CAPTURE, new CaptureCommand(Clock.systemUTC()));
        CommandLine asked = commands.getSubcommands().getOrDefault(command, commands);
        asked.usage(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return 0;
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    private static int unknown(String command) {
        System.err.println("unknown command '" + command + "'; there are "
                + String.join(", ", List.of(SIMULATE, REPLAY, CAPTURE, GENERATE)));
        return 2;
    }
}
