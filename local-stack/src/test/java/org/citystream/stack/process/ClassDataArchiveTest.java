package org.citystream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataArchiveTest {
    @TempDir
    Path directory;

    private Path jar = Path.of("");

    @BeforeEach
    void jar() throws IOException {
        jar = Files.createFile(directory.resolve("gateway.jar"));
    }

    @Test
    void theFirstRunListsItsClassesAndTheNextUsesTheArchiveMadeOfThem() throws IOException {
        ClassDataArchive archive = archive();
        assertThat(archive.makingCommand()).isEmpty();

        list(archive);
        assertThat(archive.makingCommand().orElseThrow()).contains("-Xshare:dump");
        made(archive);

        assertThat(archive.flags().get(0)).startsWith("-XX:SharedArchiveFile=");
        assertThat(archive.makingCommand()).isEmpty();
    }

    @Test
    void anArchiveOfOtherJarsIsNotUsedAndGoesWhenTheNewOneIsThere() throws IOException {
        ClassDataArchive old = archive();
        list(old);
        made(old);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-23T08:00:00Z")));
        ClassDataArchive rebuilt = archive();
        assertThat(rebuilt.isMissing()).isTrue();
        list(rebuilt);
        made(rebuilt);

        assertThat(rebuilt.isMissing()).isFalse();
        assertThat(old.isMissing()).isTrue();
    }

    @Test
    void aHalfMadeArchiveIsForgotten() throws IOException {
        ClassDataArchive archive = archive();
        list(archive);
        Files.createFile(unfinished(archive));

        archive.discard();

        assertThat(archive.isMissing()).isTrue();
        assertThat(unfinished(archive)).doesNotExist();
    }

    /** With this very JVM, so that its flags are held to what it understands. */
    @Test
    void aProgramStartsFromTheArchiveThatIsMadeOfItsList() throws Exception {
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, new Manifest()).close();
        }
        ClassDataArchive archive = archive();
        assertThat(run(java(archive, "-version"))).isZero();

        try (ArchiveMaker maker = new ArchiveMaker(List.of(spec(archive)))) {
            maker.makeAll();
        }

        assertThat(archive.isMissing()).isFalse();
        assertThat(run(java(archive, "-cp", jar.toString(), "-Xshare:on", "-version")))
                .isZero();
    }

    private static List<String> java(ClassDataArchive archive, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.program(), "-XX:+UseSerialGC"));
        command.addAll(archive.flags());
        command.addAll(List.of(arguments));
        return command;
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private ServiceSpec spec(ClassDataArchive archive) {
        return new ServiceSpec(
                "gateway",
                List::of,
                Map.of(),
                directory.resolve("gateway.log"),
                "",
                List.of(),
                Readiness.file(directory.resolve("never")),
                false,
                archive);
    }

    private ClassDataArchive archive() {
        return ClassDataArchive.of(directory, "gateway", List.of(jar));
    }

    private static Path listed(ClassDataArchive archive) {
        String flag = archive.flags().get(0);
        assertThat(flag).startsWith("-XX:DumpLoadedClassList=");
        return Path.of(flag.substring(flag.indexOf('=') + 1));
    }

    private static void list(ClassDataArchive archive) throws IOException {
        Files.createFile(listed(archive));
    }

    private static void made(ClassDataArchive archive) throws IOException {
        Files.createFile(unfinished(archive));
        archive.adopt();
    }

    private static Path unfinished(ClassDataArchive archive) {
        return archive.makingCommand().orElseThrow().stream()
                .filter(flag -> flag.startsWith("-XX:SharedArchiveFile="))
                .map(flag -> Path.of(flag.substring(flag.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
