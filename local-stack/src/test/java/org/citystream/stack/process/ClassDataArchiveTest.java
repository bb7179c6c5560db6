package org.citystream.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataArchiveTest {
    @TempDir
    Path directory;

    @Test
    void theFirstRunWritesTheArchiveAndTheNextUsesIt() throws IOException {
        Path jar = Files.createFile(directory.resolve("gateway.jar"));
        ClassDataArchive archive = ClassDataArchive.of(directory, "gateway", List.of(jar));
        String write = archive.flags().get(0);
        assertThat(write).startsWith("-XX:ArchiveClassesAtExit=");

        Files.createFile(Path.of(write.substring(write.indexOf('=') + 1)));
        archive.adopt();

        assertThat(archive.flags().get(0)).startsWith("-XX:SharedArchiveFile=");
        assertThat(archive.isMissing()).isFalse();
    }

    @Test
    void anArchiveOfOtherJarsIsNotUsedAndGoesWhenTheNewOneIsThere() throws IOException {
        Path jar = Files.createFile(directory.resolve("gateway.jar"));
        ClassDataArchive old = written(jar);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-11-23T08:00:00Z")));
        ClassDataArchive rebuilt = ClassDataArchive.of(directory, "gateway", List.of(jar));
        assertThat(rebuilt.isMissing()).isTrue();
        written(jar);

        assertThat(rebuilt.isMissing()).isFalse();
        assertThat(old.isMissing()).isTrue();
    }

    @Test
    void whatAKilledProcessLeftIsForgotten() throws IOException {
        Path jar = Files.createFile(directory.resolve("gateway.jar"));
        ClassDataArchive archive = ClassDataArchive.of(directory, "gateway", List.of(jar));
        String write = archive.flags().get(0);
        Files.createFile(Path.of(write.substring(write.indexOf('=') + 1)));

        archive.discard();
        archive.adopt();

        assertThat(archive.isMissing()).isTrue();
    }

    private ClassDataArchive written(Path jar) throws IOException {
        ClassDataArchive archive = ClassDataArchive.of(directory, "gateway", List.of(jar));
        String write = archive.flags().get(0);
        Files.createFile(Path.of(write.substring(write.indexOf('=') + 1)));
        archive.adopt();
        return archive;
    }
}
