package org.citystream.stack.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A JVM's command line with the flags that let ten of them start fast and live in little memory on a laptop: serial
 * collector with a small initial heap, C1 only where peak speed does not matter, a class-data archive.
 */
public final class JavaCommand {
    private final List<Path> classPath;
    private final String mainClass;
    private final ClassDataArchive archive;
    private final List<String> flags = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private boolean optimizing;

    private JavaCommand(List<Path> classPath, String mainClass, int heapMb, ClassDataArchive archive) {
        this.classPath = classPath;
        this.mainClass = mainClass;
        this.archive = archive;
        flags.add("-Xmx" + heapMb + "m");
    }

    /** A command whose class-data archive, of the main class's name, is in {@code archives}. */
    public static JavaCommand of(List<Path> classPath, String mainClass, int heapMb, ClassDataArchive archive) {
        return new JavaCommand(classPath, mainClass, heapMb, archive);
    }

    /** Keeps the optimizing compiler: for long-running number crunching. */
    public JavaCommand optimizing() {
        optimizing = true;
        return this;
    }

    public JavaCommand flags(String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    public JavaCommand arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    public JavaCommand arguments(List<String> more) {
        arguments.addAll(more);
        return this;
    }

    public List<String> build() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-Xms16m");
        if (!optimizing) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Duser.timezone=UTC");
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(flags);
        command.addAll(archive.flags());
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
