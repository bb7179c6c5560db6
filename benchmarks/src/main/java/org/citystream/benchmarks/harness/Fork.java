package org.citystream.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.wire.JsonCodec;

/** Starts JVMs with this one's class path. */
public final class Fork {
    /** Names the configuration of logging: errors only, and none of them on standard output. */
    public static final String LOGGING_KEY = "logback.configurationFile";

    public static final String LOGGING = "benchmarks-logback.xml";

    /** All runs alike: a fixed heap, and the collector whose cost varies least. */
    static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-Duser.timezone=UTC",
            // Modules on the class path bring configurations of their own.
            "-D" + LOGGING_KEY + '=' + LOGGING,
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");

    private Fork() {}

    /** A command line for a main class of ours; stderr is passed on. */
    public static ProcessBuilder java(int heapMb, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms" + heapMb + "m");
        command.add("-Xmx" + heapMb + "m");
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /**
     * Runs a workload in a process of its own.
     *
     * @throws IOException if it fails
     */
    static Sample run(Side side) throws IOException, InterruptedException {
        String parameters = new String(JsonCodec.write(side.parameters()), StandardCharsets.UTF_8);
        Process process = java(
                        side.heapMb(), WorkloadMain.class, side.workload().getName(), parameters)
                .start();
        String answer = null;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(WorkloadMain.ANSWER)) {
                    answer = line.substring(WorkloadMain.ANSWER.length());
                }
            }
        } finally {
            process.destroy();
        }
        int exit = process.waitFor();
        if (answer == null) {
            throw new IOException(side.name() + " ended with " + exit + " and without a result");
        }
        return JsonCodec.read(answer.getBytes(StandardCharsets.UTF_8), Sample.class);
    }
}
