package org.citystream.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JVM's archive of parsed classes for one service, which halves its start. The JVM writes it when it ends the first
 * time; it only fits the very jars and JVM it was made with, so both are part of its name.
 */
public final class ClassDataArchive {
    /** Longest that writing it may delay the end of a process. */
    static final Duration WRITING_LIMIT = Duration.ofSeconds(40);

    private final Path directory;
    private final String kind;
    private final Path file;

    private ClassDataArchive(Path directory, String kind, Path file) {
        this.directory = directory;
        this.kind = kind;
        this.file = file;
    }

    public static ClassDataArchive of(Path directory, String kind, List<Path> classPath) {
        return new ClassDataArchive(directory, kind, directory.resolve(kind + "-" + fingerprint(classPath) + ".jsa"));
    }

    /** JVM flags that use the archive, or else make it at exit. */
    List<String> flags() {
        if (Files.exists(file)) {
            return List.of(
                    "-XX:SharedArchiveFile=" + file,
                    "-Xshare:auto",
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off",
                    // Where it was made for: adjusting its pointers costs each start half a second, and its sharing.
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0");
        }
        return List.of("-XX:ArchiveClassesAtExit=" + unfinished(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** Whether the process will write it when it ends, which takes it some seconds. */
    boolean isMissing() {
        return !Files.exists(file);
    }

    /** Takes what a process that ended by itself has written; older archives of this kind go. */
    void adopt() {
        if (!Files.exists(unfinished())) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path old : files.filter(this::isOfThisKind).toList()) {
                Files.deleteIfExists(old);
            }
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file, e);
        }
    }

    /** Forgets what a process that was killed may have half-written. */
    void discard() {
        try {
            Files.deleteIfExists(unfinished());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + unfinished(), e);
        }
    }

    /** {@code KIND-FINGERPRINT.jsa}, finished or not; a kind may be the beginning of another. */
    private boolean isOfThisKind(Path other) {
        return !other.equals(unfinished())
                && other.getFileName().toString().matches(kind + "-[0-9a-f]{12}\\.jsa(\\.new)?");
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
