package org.citystream.stack.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citystream.stack.failure.CityFailure;

/** A built checkout: where each deployable's jars are. */
public record Checkout(Path root) {
    private static final String VERSION = "0.1.0";

    /** The checkout that the {@code city} script names by the system property {@code city.home}. */
    public static Checkout current() {
        String home = System.getProperty("city.home");
        return new Checkout(Path.of(home == null ? "" : home).toAbsolutePath().normalize());
    }

    /** What {@code ./city} keeps; ignored by Git. */
    public Path cityDirectory() {
        return root.resolve(".city");
    }

    public Path defaultDataDirectory() {
        return cityDirectory().resolve("data");
    }

    /** Class-data archives, shared by all stacks of this checkout. */
    public Path archives() {
        return cityDirectory().resolve("archives");
    }

    /** PostgreSQL's programs, unpacked at the first start and shared by all stacks of this checkout. */
    public Path postgresBinaries() {
        return cityDirectory().resolve("postgresql");
    }

    /** One file for each running stack. */
    public Path runningStacks() {
        return cityDirectory().resolve("running");
    }

    /** A module's jar and its libraries, in a fixed order. */
    public List<Path> classPath(String module) {
        Path target = root.resolve(module).resolve("target");
        List<Path> classPath = new ArrayList<>();
        classPath.add(existing(target.resolve(module + "-" + VERSION + ".jar")));
        classPath.addAll(jars(target.resolve("lib")));
        return classPath;
    }

    /**
     * What JobManager and TaskManager run on. The job jar is part of it: four jobs then share one set of loaded classes,
     * which the class-data archive holds too. A jar that is uploaded comes before it.
     */
    public List<Path> flinkClassPath() {
        List<Path> classPath = new ArrayList<>(jars(root.resolve("flink-jobs/target/flink-lib")));
        classPath.add(jobJar());
        return classPath;
    }

    /** A backtest runs the job jar on the cluster's class path, as a cluster does, and in front of both itself. */
    public List<Path> backtestClassPath() {
        List<Path> classPath = new ArrayList<>(classPath("backtest"));
        classPath.addAll(flinkClassPath());
        return classPath;
    }

    public Path jobJar() {
        return existing(root.resolve("flink-jobs/target/flink-jobs-" + VERSION + ".jar"));
    }

    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(existing(directory))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new CityFailure(
                    path + " is missing: the checkout is not built completely",
                    "./city build (or mvn -DskipTests package)");
        }
        return path;
    }
}
