package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs as the chart's security context has them run: as user 65534 without any group's rights, on a file system
 * that only lets them write to {@code /tmp}, which starts empty. Made by {@code unshare} and {@code setpriv} of util-linux.
 */
final class Confinement {
    static final int NOBODY = 65534;

    /** What the program may read besides: stands at {@code /mnt}. Fails if the file system can be written. */
    private static final String SCRIPT = """
            set -e
            mount --make-rprivate /
            mount --bind "$1" /mnt
            mount -o remount,bind,ro /mnt
            mount -t tmpfs -o mode=1777 tmpfs /tmp
            mount -o remount,bind,ro /
            shift
            cd /tmp
            exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all "$@"
            """;

    private final Path programs;

    private Confinement(Path programs) {
        this.programs = programs;
    }

    /**
     * With this JVM's class path, as copies that everybody may read. Where the rights to confine are missing, the test is
     * skipped, and says so.
     */
    static Confinement of(Path programs) throws Exception {
        Confinement confinement = new Confinement(programs);
        int status = confinement.start("true").waitFor();
        if (status != 0) {
            System.out.println("skipped: this user may not make a mount namespace (unshare --mount, as root)");
        }
        assumeTrue(status == 0);
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (Files.isDirectory(from)) {
                copy(from, programs.resolve("classes-" + number++));
            } else if (Files.exists(from)) {
                Files.copy(from, programs.resolve(number++ + "-" + from.getFileName()));
            }
        }
        return confinement;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Makes a file that the program finds at the path returned. */
    String file(String name, String content) throws IOException {
        Files.writeString(programs.resolve(name), content);
        return "/mnt/" + name;
    }

    /** A main class with these options, whose logs are JSON and go to a file. */
    Process java(String main, List<String> options, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath(),
                main));
        command.addAll(options);
        ProcessBuilder builder = confined(command.toArray(String[]::new));
        builder.environment().put("LOG_FORMAT", "json");
        return builder.redirectOutput(log.toFile()).start();
    }

    private String classPath() {
        File[] folders = programs.toFile().listFiles(File::isDirectory);
        StringBuilder path = new StringBuilder();
        for (File folder : folders == null ? new File[0] : folders) {
            path.append("/mnt/").append(folder.getName()).append(File.pathSeparator);
        }
        return path.append("/mnt/*").toString();
    }

    private Process start(String... command) throws IOException {
        return confined(command).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
    }

    private ProcessBuilder confined(String... command) {
        List<String> line = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", SCRIPT, "confined"));
        line.add(programs.toString());
        line.addAll(List.of(command));
        return new ProcessBuilder(line).redirectErrorStream(true);
    }

    /** Runs a program to its end; its exit status. */
    int run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** The user that a process runs as. */
    static int user(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"), StandardCharsets.UTF_8)
                .stream()
                .filter(line -> line.startsWith("Uid:"))
                .mapToInt(line -> Integer.parseInt(line.split("\\s+")[1]))
                .findFirst()
                .orElseThrow();
    }
}
