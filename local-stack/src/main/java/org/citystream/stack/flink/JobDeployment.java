package org.citystream.stack.flink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.jspecify.annotations.Nullable;

/** Puts jobs on a cluster: each from its latest checkpoint where one is known, else from the beginning of its topics. */
public final class JobDeployment {
    private final FlinkRest flink;
    private final Path jar;
    private final JobSettings settings;
    private final @Nullable JobRecord record;
    private final Consumer<String> progress;

    /**
     * A deployment.
     *
     * @param record where checkpoints are known from; absent on a cluster that is not ours
     */
    public JobDeployment(
            FlinkRest flink, Path jar, JobSettings settings, @Nullable JobRecord record, Consumer<String> progress) {
        this.flink = flink;
        this.jar = jar;
        this.settings = settings;
        this.record = record;
        this.progress = progress;
    }

    /** Starts those of the jobs that are not there; returns the ids of all. */
    public Map<CityJob, String> deploy(List<CityJob> jobs) throws IOException, InterruptedException {
        Map<CityJob, String> ids = new LinkedHashMap<>();
        List<RunningJob> known = flink.jobs();
        @Nullable String jarId = null;
        for (CityJob job : jobs) {
            Optional<RunningJob> running = known.stream()
                    .filter(candidate -> candidate.name().equals(job.jobName()) && !candidate.isOver())
                    .findFirst();
            if (running.isPresent()) {
                ids.put(job, running.get().id());
                continue;
            }
            if (jarId == null) {
                jarId = flink.upload(jar);
            }
            ids.put(job, start(job, jarId));
        }
        return ids;
    }

    private String start(CityJob job, String jarId) throws IOException, InterruptedException {
        String checkpoint = record == null ? null : record.latestCheckpoint(job).orElse(null);
        try {
            return started(job, jarId, checkpoint);
        } catch (FlinkFailure e) {
            if (checkpoint == null) {
                throw new CityFailure("Flink refused " + job.jobName() + ": " + e.getMessage(), remedy(), e);
            }
            progress.accept(job.jobName() + " cannot continue from " + checkpoint
                    + ", it starts from the beginning of its topics: " + e.getMessage());
            return started(job, jarId, null);
        }
    }

    private String started(CityJob job, String jarId, @Nullable String checkpoint)
            throws IOException, InterruptedException {
        String id = flink.run(jarId, job.entryClass(), settings.arguments(job), checkpoint);
        if (record != null) {
            record.started(job, id, checkpoint);
        }
        return id;
    }

    private static String remedy() {
        return "read the JobManager's log: ./city logs flink-jobmanager";
    }
}
