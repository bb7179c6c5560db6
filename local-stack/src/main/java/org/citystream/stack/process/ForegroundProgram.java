package org.citystream.stack.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the product that computes, in a process of its own, on this terminal and in this working directory. */
public final class ForegroundProgram {
    private ForegroundProgram() {}

    /**
     * Runs it to its end.
     *
     * @param heapMb largest heap
     * @return its exit code
     */
    public static int run(List<Path> classPath, String mainClass, int heapMb, List<String> arguments)
            throws IOException, InterruptedException {
        return program(classPath, mainClass, heapMb, arguments).start().waitFor();
    }

    /** As {@link #run}, with what it prints written into a file. */
    public static int runInto(Path output, List<Path> classPath, String mainClass, int heapMb, List<String> arguments)
            throws IOException, InterruptedException {
        return program(classPath, mainClass, heapMb, arguments)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
    }

    private static ProcessBuilder program(List<Path> classPath, String mainClass, int heapMb, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Jvm.program(),
                "-XX:+UseSerialGC",
                "-Xmx" + heapMb + "m",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                // From Java 22 to 24 there is a console even where nobody looks, unless the old one is asked for.
                "-Djdk.console=java.base",
                "-cp",
                Jvm.joined(classPath),
                mainClass));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO();
    }
}
