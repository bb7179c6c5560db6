package org.citystream.benchmarks.pipeline;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.util.FileUtils;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Density;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;

/** How much of a job's CPU time goes into what cannot be avoided: taking readings from Kafka and parsing them. */
public final class JobEfficiency implements Benchmark {
    private static final int SEGMENTS = 1_000;
    private static final int STATIONS = 1_000;
    private static final int TIMED = 1_600_000;
    /** An hour of a station takes the better part of a millisecond, however few readings it has. */
    private static final int TIMED_OF_SPARSE_AIR = 200_000;

    private static final int HEAP_MB = 2048;
    private static final double EFFICIENCY = 0.5;

    private final List<Variant> variants;

    /** Writes readings to a broker, at least so many, and says how many. */
    private interface Source {
        long fill(String bootstrapServers, long atLeast);
    }

    /** @param timed readings, after half as many to warm up */
    private record Variant(
            String name, ReadingsJob job, Supplier<Source> readings, int timed, String backend, boolean hasTarget) {
        int warmUp() {
            return timed / 2;
        }

        static Variant traffic(Density density, String backend, boolean hasTarget) {
            return new Variant(
                    density.readingsPerPane() + " readings a pane, " + backend,
                    ReadingsJob.TRAFFIC,
                    () -> new TrafficTopic(new City(SEGMENTS, density))::fill,
                    TIMED,
                    backend,
                    hasTarget);
        }

        static Variant air(Duration period, int timed, String backend) {
            return new Variant(
                    "air, " + AirFold.PANE.dividedBy(period) + " readings a pane, " + backend,
                    ReadingsJob.AIR_QUALITY,
                    () -> new AirTopic(STATIONS, period)::fill,
                    timed,
                    backend,
                    false);
        }
    }

    private JobEfficiency(List<Variant> variants) {
        this.variants = variants;
    }

    /** The city that the target speaks of. */
    public static JobEfficiency usual() {
        return new JobEfficiency(List.of(Variant.traffic(Density.USUAL, "hashmap", true)));
    }

    /** The same with state on disk, and with fewer and more readings a pane. */
    public static JobEfficiency elsewhere() {
        return new JobEfficiency(List.of(
                Variant.traffic(Density.USUAL, "rocksdb", false),
                Variant.traffic(Density.SPARSE, "hashmap", false),
                Variant.traffic(Density.DENSE, "hashmap", false),
                Variant.traffic(Density.FINE, "hashmap", false)));
    }

    /** The air-quality job, with a reading a minute and with one a quarter of an hour. */
    public static JobEfficiency ofAir() {
        return new JobEfficiency(List.of(
                Variant.air(Duration.ofMinutes(1), TIMED, "hashmap"),
                Variant.air(Duration.ofMinutes(15), TIMED_OF_SPARSE_AIR, "hashmap"),
                Variant.air(Duration.ofMinutes(1), TIMED, "rocksdb")));
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
            long readings =
                    variant.readings().get().fill(broker.bootstrapServers(), variant.warmUp() + variant.timed());
            Parameters parameters = Parameters.none()
                    .with(PipelineRun.JOB, variant.job().name())
                    .with(PipelineRun.KAFKA, broker.bootstrapServers())
                    .with(PipelineRun.READINGS, readings)
                    .with(PipelineRun.WARM_UP, variant.warmUp())
                    .with(JobRun.BACKEND, variant.backend());
            return comparison(variant, parameters).run(rounds, progress);
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    private static Comparison comparison(Variant variant, Parameters parameters) {
        return new Comparison(
                "job-efficiency, " + variant.name(),
                "reading",
                new Side("consume, parse, discard", ConsumeAndParse.class, parameters, HEAP_MB),
                new Side(variant.job().jobName(), JobRun.class, parameters, HEAP_MB),
                variant.hasTarget() ? List.of(Target.atLeast("A / B", Rounds::aOverB, EFFICIENCY)) : List.of());
    }
}
