package org.citystream.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./city} of this checkout, which is built already, as a user calls it. */
final class CityCommand {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private CityCommand() {}

    record Output(int status, String text) {}

    /** Starts a command that goes on until it is ended. */
    static Process start(Path output, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(CHECKOUT.resolve("city").toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(CHECKOUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CITY_NO_BUILD", "true");
        return builder.start();
    }

    /** Runs a command to its end. */
    static Output run(Duration limit, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("city", ".out");
        Process process = start(output, arguments);
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        String text = Files.readString(output);
        if (!ended) {
            process.destroy();
            throw new AssertionError(
                    "./city " + String.join(" ", arguments) + " did not end within " + limit + ": " + text);
        }
        return new Output(process.exitValue(), text);
    }
}
