package org.citystream.stack.flink;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Which Flink job id each of our jobs ran under, and so where its checkpoints are: {@code checkpoints/JOB-ID/chk-N}. Kept in
 * the data directory, so that a later start continues where the earlier one ended.
 */
public final class JobRecord {
    private final Path file;
    private final Path checkpoints;

    /** The run of one job: its Flink id, the checkpoint it was itself started from, and its jar in the JobManager's store. */
    private record Run(
            String jobId,
            @Nullable String restoredFrom,
            @Nullable String jarId) {}

    public JobRecord(Path flinkDirectory) {
        this.file = flinkDirectory.resolve("jobs.json");
        this.checkpoints = flinkDirectory.resolve("checkpoints");
    }

    /** Notes a started job. */
    synchronized void started(CityJob job, String jobId, @Nullable String restoredFrom, String jarId) {
        Map<String, Run> runs = read();
        runs.put(job.jobName(), new Run(jobId, restoredFrom, jarId));
        try {
            Files.write(file, JsonCodec.write(runs));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The Flink id of the job's last run. */
    synchronized Optional<String> jobId(CityJob job) {
        return Optional.ofNullable(read().get(job.jobName())).map(Run::jobId);
    }

    /** The jar of the job's last run. */
    synchronized Optional<String> jarId(CityJob job) {
        return Optional.ofNullable(read().get(job.jobName())).map(Run::jarId);
    }

    /** The newest complete checkpoint of the job's last run, else the one that run was started from. */
    synchronized Optional<String> latestCheckpoint(CityJob job) {
        Run run = read().get(job.jobName());
        if (run == null) {
            return Optional.empty();
        }
        return newest(checkpoints.resolve(run.jobId()))
                .or(() -> Optional.ofNullable(run.restoredFrom()).filter(checkpoint -> isComplete(path(checkpoint))));
    }

    /** Whether a checkpoint is one of Flink's own; a savepoint that somebody took is not. */
    boolean owns(String checkpoint) {
        return path(checkpoint).startsWith(checkpoints);
    }

    private static Path path(String checkpoint) {
        return checkpoint.startsWith("file:") ? Path.of(URI.create(checkpoint)) : Path.of(checkpoint);
    }

    private static Optional<String> newest(Path jobDirectory) {
        if (!Files.isDirectory(jobDirectory)) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(jobDirectory)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("chk-"))
                    .filter(JobRecord::isComplete)
                    .max(Comparator.comparingLong(JobRecord::number))
                    .map(Path::toString);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + jobDirectory, e);
        }
    }

    /** The metadata file is written last. */
    private static boolean isComplete(Path checkpoint) {
        return Files.isRegularFile(checkpoint.resolve("_metadata"));
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private Map<String, Run> read() {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return new TreeMap<>(
                    JsonCodec.internal().readValue(Files.readAllBytes(file), new TypeReference<Map<String, Run>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
