package org.citystream.stack.flink;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.flink.FlinkRest.RunningJob;
import org.citystream.stack.flink.FlinkRest.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Puts jobs on a cluster: each from where its last run ended, as far as that is known, else from the beginning of its
 * topics. A job that is there already is left alone.
 */
public final class JobDeployment {
    private final FlinkRest flink;
    private final JobJar jar;
    private final JobSettings settings;
    private final @Nullable JobRecord record;
    private final Consumer<String> progress;

    /**
     * A deployment.
     *
     * @param record where checkpoints are known from; absent on a cluster that is not ours
     */
    public JobDeployment(
            FlinkRest flink, JobJar jar, JobSettings settings, @Nullable JobRecord record, Consumer<String> progress) {
        this.flink = flink;
        this.jar = jar;
        this.settings = settings;
        this.record = record;
        this.progress = progress;
    }

    /** Where a job continues. */
    private record Origin(String path, boolean claim) {}

    /** Starts those of the jobs that are not there; returns the ids of all. */
    public Map<CityJob, String> deploy(List<CityJob> jobs) throws IOException, InterruptedException {
        Map<CityJob, String> ids = new LinkedHashMap<>();
        for (CityJob job : jobs) {
            Optional<RunningJob> running = flink.running(job);
            if (running.isPresent()) {
                ids.put(job, running.get().id());
                leftAlone(job, running.get());
            } else {
                ids.put(job, start(job, jar.on(flink)));
            }
        }
        return ids;
    }

    /** Starts jobs again that the JobManager has lost: from the jar they ran, if that is still there. */
    Map<CityJob, String> redeploy(List<CityJob> jobs) throws IOException, InterruptedException {
        Map<CityJob, String> ids = new LinkedHashMap<>();
        for (CityJob job : jobs) {
            Optional<RunningJob> running = flink.running(job);
            ids.put(job, running.isPresent() ? running.get().id() : start(job, lastJar(job)));
        }
        return ids;
    }

    private String lastJar(CityJob job) throws IOException, InterruptedException {
        String last = record == null ? null : record.jarId(job).orElse(null);
        return last != null
                        && flink.jars().stream().anyMatch(stored -> stored.id().equals(last))
                ? last
                : jar.on(flink);
    }

    /**
     * Starts a job that is not there from a checkpoint or savepoint, which stays its owner's; returns its id.
     *
     * @throws CityFailure if it runs, or cannot continue from there
     */
    public String deployFrom(CityJob job, String path) throws IOException, InterruptedException {
        if (flink.running(job).isPresent()) {
            throw new CityFailure(
                    job.jobName() + " runs already",
                    "end it first: ./city jobs cancel " + job.jobName() + "; what it has counted since is lost then");
        }
        try {
            return started(job, jar.on(flink), new Origin(path, false));
        } catch (FlinkFailure e) {
            throw refused(job, e);
        }
    }

    private void leftAlone(CityJob job, RunningJob running) throws IOException, InterruptedException {
        String runs = flink.configuration(running.id()).arguments().get(JobStart.JAR);
        boolean other = runs != null && !jar.hasContentOf(runs);
        progress.accept(job.jobName() + " is there already: " + running.id()
                + (other ? ", with another jar; ./city jobs upgrade replaces it" : ""));
    }

    private String start(CityJob job, String jarId) throws IOException, InterruptedException {
        Optional<Origin> origin = origin(job);
        if (origin.isPresent()) {
            try {
                return started(job, jarId, origin.get());
            } catch (FlinkFailure e) {
                progress.accept(job.jobName() + " cannot continue from "
                        + origin.get().path() + ", it starts from the beginning of its topics: " + e.getMessage());
            }
        }
        try {
            return started(job, jarId, null);
        } catch (FlinkFailure e) {
            throw refused(job, e);
        }
    }

    private Optional<Origin> origin(CityJob job) throws IOException, InterruptedException {
        if (record != null) {
            JobRecord known = record;
            return known.latestCheckpoint(job).map(path -> new Origin(path, known.owns(path)));
        }
        Optional<RunningJob> last = flink.jobs().stream()
                .filter(known -> known.name().equals(job.jobName()))
                .findFirst();
        Optional<Snapshot> snapshot = last.isEmpty()
                ? Optional.empty()
                : flink.latestSnapshot(last.get().id());
        return snapshot.map(found -> new Origin(found.path(), false));
    }

    private String started(CityJob job, String jarId, @Nullable Origin origin)
            throws IOException, InterruptedException {
        String from = origin == null ? null : origin.path();
        String id = new JobStart(
                        jarId, settings.arguments(job), settings.parallelism(), from, origin != null && origin.claim())
                .on(flink, job);
        if (record != null) {
            record.started(job, id, from, jarId);
        }
        return id;
    }

    private static CityFailure refused(CityJob job, FlinkFailure e) {
        return new CityFailure(
                "Flink refused " + job.jobName() + ": " + e.getMessage(),
                "read the JobManager's log, on the local stack ./city logs flink-jobmanager",
                e);
    }
}
