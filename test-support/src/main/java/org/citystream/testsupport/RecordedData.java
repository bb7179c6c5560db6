package org.citystream.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Recorded real readings, which are not part of the repository. Looked for in the directory that {@code CITYSTREAM_DATA}
 * names, else in {@code shared/data} beside the checkout.
 */
public final class RecordedData {
    private final @Nullable String configured;
    private final Path workingDirectory;

    RecordedData(@Nullable String configured, Path workingDirectory) {
        this.configured = configured;
        this.workingDirectory = workingDirectory;
    }

    /** The data set's directory, if it is there. */
    public static Optional<Path> find(String dataSet) {
        return new RecordedData(System.getenv("CITYSTREAM_DATA"), Path.of("").toAbsolutePath()).locate(dataSet);
    }

    /** The data set's directory; without it the test is skipped, and says so on standard output. */
    @SuppressWarnings("SystemOut")
    public static Path require(String dataSet) {
        return find(dataSet).orElseThrow(() -> {
            String reason = "skipped: recorded data set '" + dataSet
                    + "' is not here; set CITYSTREAM_DATA to the directory that holds it";
            System.out.println(reason);
            return new TestAbortedException(reason);
        });
    }

    Optional<Path> locate(String dataSet) {
        return candidates().stream()
                .map(directory -> directory.resolve(dataSet))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private List<Path> candidates() {
        return configured == null || configured.isBlank()
                ? List.of(
                        workingDirectory.resolve("../../shared/data").normalize(),
                        workingDirectory.resolve("../shared/data").normalize())
                : List.of(Path.of(configured));
    }
}
