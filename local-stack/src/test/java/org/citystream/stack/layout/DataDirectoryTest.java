package org.citystream.stack.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.citystream.stack.failure.CityFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path place;

    @Test
    void secretsAreMadeOnceAndReadableByTheirOwnerOnly() throws IOException {
        Path directory = place.resolve("data");
        String token = DataDirectory.read(DataDirectory.open(directory).adminTokenFile());

        DataDirectory again = DataDirectory.open(directory);

        assertThat(token).hasSizeGreaterThan(20);
        assertThat(DataDirectory.read(again.adminTokenFile())).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(again.adminTokenFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryOfSomethingElseIsNotTaken() throws IOException {
        Files.writeString(place.resolve("thesis.txt"), "do not touch");

        assertThatThrownBy(() -> DataDirectory.open(place))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("is not a CityStream data directory, or the making of one was interrupted")
                .hasMessageContaining("--data-dir");
        assertThat(place.resolve("admin.token")).doesNotExist();
    }

    @Test
    void whereNothingCanBeWrittenTheReasonIsTold() throws IOException {
        Path file = Files.writeString(place.resolve("file"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("cannot use " + file.resolve("data") + " as data directory: ")
                .hasMessageContaining("what to do: give a directory you may write to: --data-dir DIR")
                .hasMessageNotContaining("java.");
    }

    @Test
    void aDamagedMarkerIsToldWithItsRemedy() throws IOException {
        DataDirectory.open(place);
        Files.writeString(place.resolve("citystream.json"), "{\"lay");

        assertThatThrownBy(() -> DataDirectory.open(place))
                .hasMessageContaining("citystream.json is damaged")
                .hasMessageContaining("what to do:");
    }

    @Test
    void anotherLayoutIsRefused() throws IOException {
        DataDirectory.open(place);
        Files.writeString(place.resolve("citystream.json"), "{\"layout\":2}");

        assertThatThrownBy(() -> DataDirectory.open(place)).hasMessageContaining("has layout 2");
    }

    @Test
    void aHalfWrittenDatabaseIsFoundBeforeItFails() throws IOException {
        DataDirectory data = DataDirectory.open(place);
        Files.createDirectories(data.postgres());
        Files.writeString(data.postgres().resolve("PG_VERSION"), "18");

        assertThatThrownBy(() -> DataDirectory.open(place))
                .hasMessageContaining("half-written")
                .hasMessageContaining("delete " + data.postgres());
    }

    @Test
    void onlyOneStackCanHoldIt() throws IOException {
        DataDirectory data = DataDirectory.open(place);

        try (FileLock lock = data.lock().orElseThrow()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(data.lock()).isEmpty();
        }
        assertThat(data.lock()).isPresent();
    }
}
