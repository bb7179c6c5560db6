package org.citystream.benchmarks.intake;

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
import org.citystream.benchmarks.harness.Workload;
import org.citystream.benchmarks.pipeline.Broker;

/** What a message costs on its way through the gateway, beside others who take it from MQTT. */
public final class GatewayCosts implements Benchmark {
    private static final int WARM_UP = 60_000;
    private static final int TIMED = 60_000;
    private static final int HEAP_MB = 256;

    private final String peerName;
    private final Class<? extends Workload> peer;
    private final double limit;

    private GatewayCosts(String peerName, Class<? extends Workload> peer, double limit) {
        this.peerName = peerName;
        this.peer = peer;
        this.limit = limit;
    }

    /** Beside the least that taking messages from MQTT costs. */
    public static GatewayCosts besidePaho() {
        return new GatewayCosts("Paho, no-op", NoOpSubscriber.class, 1.3);
    }

    /** Beside what one would otherwise put between MQTT and Kafka. */
    public static GatewayCosts besideCamel() {
        return new GatewayCosts("Camel to Kafka", CamelRoute.class, 0.75);
    }

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-kafka");
        try (Broker kafka = Broker.start(directory)) {
            kafka.createTopics();
            Parameters parameters = Parameters.none()
                    .with(GatewayIntake.KAFKA, kafka.bootstrapServers())
                    .with(IntakeRun.WARM_UP, WARM_UP)
                    .with(IntakeRun.READINGS, WARM_UP + TIMED);
            return List.of(comparison(parameters).run(rounds, progress));
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    private Comparison comparison(Parameters parameters) {
        return new Comparison(
                "gateway beside " + peerName,
                "message",
                new Side(peerName, peer, parameters, HEAP_MB),
                new Side("gateway", GatewayIntake.class, parameters, HEAP_MB),
                List.of(Target.atMost("B / A", Rounds::bOverA, limit)));
    }
}
