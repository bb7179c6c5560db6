package org.citystream.stack.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city logs}: also of a stack that has stopped. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the log of a service.")
public final class LogsCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 300;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private StackChoice choice = new StackChoice();

    @Parameters(paramLabel = "SERVICE", description = "A name that status shows, or supervisor.")
    private String service = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on printing what is added.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory data = data();
        Path log = data.log(service);
        if (!Files.exists(log)) {
            throw new CityFailure("there is no log of '" + service + "'", "name one of " + names(data));
        }
        long position = print(log, 0);
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            position = print(log, position);
        }
        return 0;
    }

    private DataDirectory data() {
        try {
            return choice.running().data();
        } catch (CityFailure nothingRuns) {
            Path directory = choice.dataDirectory().toAbsolutePath().normalize();
            if (Files.isDirectory(directory)) {
                return new DataDirectory(directory);
            }
            throw nothingRuns;
        }
    }

    private static String names(DataDirectory data) throws IOException {
        try (Stream<Path> files = Files.list(data.logs())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    /** Prints what comes after {@code position}; returns the new end. */
    private long print(Path log, long position) throws IOException {
        // A shorter file is a new one: logs are renamed when they grow large.
        long from = Files.size(log) < position ? 0 : position;
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            byte[] added = in.readAllBytes();
            if (added.length > 0 && spec != null) {
                PrintWriter out = spec.commandLine().getOut();
                out.print(new String(added, StandardCharsets.UTF_8));
                out.flush();
            }
            return from + added.length;
        }
    }
}
