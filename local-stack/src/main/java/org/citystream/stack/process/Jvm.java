package org.citystream.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The Java that runs us, which also runs every service. */
final class Jvm {
    private Jvm() {}

    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
