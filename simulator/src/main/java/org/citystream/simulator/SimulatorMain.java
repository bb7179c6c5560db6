package org.citystream.simulator;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.citystream.service.ServiceRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code simulate} and {@code replay}: the two sources of readings that come with the product. */
public final class SimulatorMain {
    private static final String SIMULATE = "simulate";
    private static final String REPLAY = "replay";

    private SimulatorMain() {}

    @Command(
            name = "./city",
            description = {
                "Sources of readings: a simulated city, or a recording of a real one.",
                "Each option is also an environment variable (--mqtt-url: MQTT_URL) and a key of the file CONFIG_FILE names."
            })
    private static final class Sources {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "--help" : arguments[0];
        String[] options = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        if (asksForHelp(command) || Arrays.stream(options).anyMatch(SimulatorMain::asksForHelp)) {
            System.exit(help(command));
        }
        switch (command) {
            case SIMULATE ->
                ServiceRunner.run(
                        SIMULATE,
                        new SimulateConfig(),
                        options,
                        config -> SimulateService.start(config, Clock.systemUTC()));
            case REPLAY ->
                ServiceRunner.run(
                        REPLAY, new ReplayConfig(), options, config -> ReplayService.start(config, Clock.systemUTC()));
            default -> System.exit(unknown(command));
        }
    }

    private static boolean asksForHelp(String argument) {
        return argument.equals("--help") || argument.equals("-h");
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    private static int help(String command) {
        CommandLine commands = new CommandLine(new Sources())
                .addSubcommand(SIMULATE, new SimulateConfig())
                .addSubcommand(REPLAY, new ReplayConfig());
        CommandLine asked = commands.getSubcommands().getOrDefault(command, commands);
        asked.usage(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return 0;
    }

    @SuppressWarnings("SystemOut") // a command line's answer
    private static int unknown(String command) {
        System.err.println("unknown command '" + command + "'; there are " + SIMULATE + " and " + REPLAY);
        return 2;
    }
}
