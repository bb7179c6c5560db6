package org.citystream.stack.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM's command line with the flags that let ten of them start fast and live in little memory on a laptop: serial
 * collector with a small initial heap, the quick compiler only (the optimizing one would take a core for the first minute), a class-data archive.
 */
public final class JavaCommand {
    private final List<Path> classPath;
    private final String mainClass;
    private final ClassDataArchive archive;
    private final List<String> flags = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

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
        command.add(Jvm.program());
        command.add("-XX:+UseSerialGC");
        command.add("-Xms16m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Duser.timezone=UTC");
        command.add("-Dfile.encoding=UTF-8");
        // From Java 22 to 24 there is a console even where nobody looks, unless the old one is asked for.
        command.add("-Djdk.console=java.base");
        command.addAll(flags);
        command.addAll(archive.flags());
        command.add("-cp");
        command.add(Jvm.joined(classPath));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
