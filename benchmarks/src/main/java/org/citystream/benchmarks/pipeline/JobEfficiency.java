package org.citystream.benchmarks.pipeline;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FileUtils;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Density;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;

/** How much of the traffic job's CPU time goes into what cannot be avoided: taking readings from Kafka and parsing them. */
public final class JobEfficiency implements Benchmark {
    private static final int SEGMENTS = 1_000;
    private static final int WARM_UP = 800_000;
    private static final int TIMED = 1_600_000;
    private static final int HEAP_MB = 2048;
    private static final double EFFICIENCY = 0.5;

    private final List<Variant> variants;

    private record Variant(Density density, String backend, boolean hasTarget) {}

    private JobEfficiency(List<Variant> variants) {
        this.variants = variants;
    }

    /** The city that the target speaks of. */
    public static JobEfficiency usual() {
        return new JobEfficiency(List.of(new Variant(Density.USUAL, "hashmap", true)));
    }

    /** The same with state on disk, and with fewer and more readings a pane. */
    public static JobEfficiency elsewhere() {
        return new JobEfficiency(List.of(
                new Variant(Density.USUAL, "rocksdb", false),
                new Variant(Density.SPARSE, "hashmap", false),
                new Variant(Density.DENSE, "hashmap", false)));
    }

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        List<Result> results = new ArrayList<>();
        for (Variant variant : variants) {
            results.add(run(variant, rounds, progress));
        }
        return results;
    }

    private static Result run(Variant variant, int rounds, PrintStream progress) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-kafka");
        try (Broker broker = Broker.start(directory)) {
            broker.createTopics();
            long readings;
            try (TrafficTopic topic = new TrafficTopic(broker.bootstrapServers())) {
                readings = topic.fill(new City(SEGMENTS, variant.density()), WARM_UP + TIMED);
            }
            Parameters parameters = Parameters.none()
                    .with(TrafficRun.KAFKA, broker.bootstrapServers())
                    .with(TrafficRun.READINGS, readings)
                    .with(TrafficRun.WARM_UP, WARM_UP)
                    .with(TrafficJobRun.BACKEND, variant.backend());
            return comparison(variant, parameters).run(rounds, progress);
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    private static Comparison comparison(Variant variant, Parameters parameters) {
        return new Comparison(
                "job-efficiency, " + variant.density().readingsPerPane() + " readings a pane, " + variant.backend(),
                "reading",
                new Side("consume, parse, discard", ConsumeAndParse.class, parameters, HEAP_MB),
                new Side("traffic-job", TrafficJobRun.class, parameters, HEAP_MB),
                variant.hasTarget() ? List.of(Target.atLeast("A / B", Rounds::aOverB, EFFICIENCY)) : List.of());
    }
}
