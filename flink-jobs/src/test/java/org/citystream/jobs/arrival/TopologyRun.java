package org.citystream.jobs.arrival;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.citystream.jobs.arrival.FlinkCluster.Settings;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.wire.Reading;
import org.citystream.testsupport.arrival.City;

/** A job of one topology over one recording. */
final class TopologyRun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FlinkCluster cluster;
    private final Path directory;
    private final Recording<Reading> recording;
    private final Collected summaries = new Collected();
    private final Collected events = new Collected();
    private final Collected late = new Collected();
    private final JobClient job;

    private TopologyRun(
            FlinkCluster cluster,
            Path directory,
            Topology<?> topology,
            City<?> city,
            Recording<Reading> recording,
            Boundedness boundedness,
            Settings settings)
            throws Exception {
        this.cluster = cluster;
        this.directory = directory;
        this.recording = recording;
        StreamExecutionEnvironment env = cluster.environment(settings, directory);
        DataStream<Reading> readings = env.fromSource(
                        new RecordingSource<>(recording, boundedness, settings.parallelism()),
                        new ClockWatermarks(),
                        "readings",
                        TypeInformation.of(Reading.class))
                .setParallelism(Math.min(settings.parallelism(), recording.partitions()))
                .uid("readings");
        ControlLog controls = new RecordedControls(city, boundedness);
        Topology.Outputs streams = topology.building().build(readings, controls, topology.timing());
        streams.summaries().sinkTo(summaries).uid("summaries");
        streams.events().sinkTo(events).uid("events");
        streams.late().sinkTo(late).uid("late");
        this.job = env.executeAsync(topology.name());
        cluster.cancelsAfterTest(job);
    }

    /** Runs to the end of the recording, and lets the input end. */
    static TopologyRun bounded(
            FlinkCluster cluster, Path directory, Topology<?> topology, City<?> city, Arrivals arrivals)
            throws Exception {
        TopologyRun run = new TopologyRun(
                cluster,
                directory,
                topology,
                city,
                new Recording<>(arrivals.partitions(), Reading::clockAt),
                Boundedness.BOUNDED,
                Settings.PLAIN);
        run.job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return run;
    }

    /** Starts to follow a recording, as jobs follow a topic. */
    static TopologyRun following(
            FlinkCluster cluster,
            Path directory,
            Topology<?> topology,
            City<?> city,
            Recording<Reading> recording,
            Settings settings)
            throws Exception {
        return new TopologyRun(
                cluster, directory, topology, city, recording, Boundedness.CONTINUOUS_UNBOUNDED, settings);
    }

    /**
     * Returns when all has been read that is there to be read, and all has been written that follows from it. Read is not
     * decided: operators have no time before each of their inputs has, and rules and registry come through a source of
     * their own.
     */
    TopologyRun readsUp() {
        Awaitility.await().atMost(PATIENCE).until(() -> recording.isReadUp() && hasDecided(recording.clock()));
        return this;
    }

    private boolean hasDecided(long clock) {
        return clock == Long.MIN_VALUE
                || Stream.of(summaries, events, late)
                        .allMatch(written -> written.watermark() >= ClockWatermarks.watermark(clock));
    }

    /** Returns when two more checkpoints are complete: the latter began after this call. */
    void checkpoints() {
        long before = cluster.metric(job.getJobID(), "numberOfCompletedCheckpoints");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> cluster.metric(job.getJobID(), "numberOfCompletedCheckpoints") >= before + 2);
    }

    /**
     * Stops the job wherever it is, as soon as all its tasks run; gives the savepoint. Returns when no task is left: its
     * readers would go on reading while they wait for their end.
     */
    String stop() {
        String savepoint = Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(refused -> refused instanceof ExecutionException)
                .until(
                        () -> job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                                .get(),
                        taken -> true);
        Awaitility.await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
        return savepoint;
    }

    Map<String, Long> counts() {
        return cluster.metrics(job.getJobID());
    }

    Told told() {
        return new Told(List.copyOf(summaries.records()), List.copyOf(events.records()), List.copyOf(late.records()));
    }
}
