package org.citystream.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JVM's archive of parsed classes for one service, which nearly halves its start. A service that has none lists the
 * classes it loads, which costs nothing; {@link ArchiveMaker} makes the archive from that list. An archive only fits the
 * very jars and JVM it was made with, so both are part of its name.
 */
public final class ClassDataArchive {
    private final Path directory;
    private final String kind;
    private final List<Path> classPath;
    private final Path file;

    private ClassDataArchive(Path directory, String kind, List<Path> classPath) {
        this.directory = directory;
        this.kind = kind;
        this.classPath = classPath;
        this.file = directory.resolve(kind + "-" + fingerprint(classPath) + ".jsa");
    }

    public static ClassDataArchive of(Path directory, String kind, List<Path> classPath) {
        return new ClassDataArchive(directory, kind, classPath);
    }

    /** JVM flags that use the archive, or else list what belongs into it. */
    List<String> flags() {
        if (isMissing()) {
            return List.of("-XX:DumpLoadedClassList=" + classList());
        }
        return List.of(
                "-XX:SharedArchiveFile=" + file,
                "-Xshare:auto",
                "-Xlog:cds=off",
                // Where it was made for: adjusting its pointers costs each start half a second, and its sharing.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0");
    }

    boolean isMissing() {
        return !Files.exists(file);
    }

    /** The command that makes it, once a service has listed its classes; takes some 20 s of one core and 400 MB. */
    Optional<List<String>> makingCommand() {
        if (!isMissing() || !Files.exists(classList())) {
            return Optional.empty();
        }
        return Optional.of(List.of(
                Jvm.program(),
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classList(),
                "-XX:SharedArchiveFile=" + unfinished(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Xlog:disable",
                "-cp",
                Jvm.joined(classPath)));
    }

    /** Takes what the command has made; what there was of this kind before goes. */
    void adopt() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path old : files.filter(this::isOfThisKind).toList()) {
                Files.deleteIfExists(old);
            }
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file, e);
        }
    }

    /** Forgets what the command may have left half-made. */
    void discard() {
        try {
            Files.deleteIfExists(unfinished());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + unfinished(), e);
        }
    }

    /** {@code KIND-FINGERPRINT.jsa} or {@code .classlist}; a kind may be the beginning of another. */
    private boolean isOfThisKind(Path other) {
        return other.getFileName().toString().matches(kind + "-[0-9a-f]{12}\\.(jsa|classlist)");
    }

    private Path classList() {
        return file.resolveSibling(file.getFileName().toString().replace(".jsa", ".classlist"));
    }

    private Path unfinished() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static String fingerprint(List<Path> classPath) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, System.getProperty("java.vm.version") + System.getProperty("java.home"));
            for (Path jar : classPath) {
                update(digest, jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the class path", e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
