package org.citystream.benchmarks.streams;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.FileUtils;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;
import org.citystream.benchmarks.pipeline.Broker;
import org.citystream.benchmarks.pipeline.JobRun;
import org.citystream.benchmarks.pipeline.PipelineRun;
import org.citystream.benchmarks.pipeline.ReadingsJob;
import org.citystream.benchmarks.pipeline.TrafficTopic;

/** The traffic job beside the same computation in Kafka Streams. */
public final class StreamsCosts implements Benchmark {
    private static final int SEGMENTS = 1_000;
    private static final int WARM_UP = 400_000;
    private static final int TIMED = 400_000;
    private static final int HEAP_MB = 2048;
    private static final double CHEAPER = 1.3;

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-kafka");
        try (Broker broker = Broker.start(directory)) {
            broker.createTopics();
            long readings = TrafficTopic.usual(SEGMENTS).fill(broker.bootstrapServers(), WARM_UP + TIMED);
            Parameters parameters = Parameters.none()
                    .with(PipelineRun.JOB, ReadingsJob.TRAFFIC.name())
                    .with(PipelineRun.KAFKA, broker.bootstrapServers())
                    .with(PipelineRun.READINGS, readings)
                    .with(PipelineRun.WARM_UP, WARM_UP)
                    .with(JobRun.BACKEND, "hashmap");
            return List.of(new Comparison(
                            "kafka-streams, 4 readings a pane, state in memory",
                            "reading",
                            new Side("Kafka Streams", StreamsRun.class, parameters, HEAP_MB),
                            new Side("traffic-job", JobRun.class, parameters, HEAP_MB),
                            List.of(Target.atLeast("A / B", Rounds::aOverB, CHEAPER)))
                    .run(rounds, progress));
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }
}
