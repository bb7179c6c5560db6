package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On a deployment of somebody's own, of air alone: readings and summaries come, and nothing else is there. */
@Timeout(240)
class ChaosOnDeploymentTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    private final List<String> audited = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path directory = Path.of("");

    @Test
    void whatWasBrokenBeforeACommandFailedIsAudited() throws Exception {
        List<Component> components = MayBreakFile.read(Files.writeString(directory.resolve("may-break.yaml"), """
                components:
                  - name: gateway
                    kill: exit 7
                    proof: readings
                """));
        Instant before = Instant.now();

        ChaosRun.Result result = run(components);

        assertThat(result.verdict().failures())
                .containsExactly(
                        "no recovery from fault 1, kill of gateway: the command for gateway ended with 7: exit 7",
                        "2 of 3 faults were not reached");
        assertThat(audited).hasSize(4).contains("--disturbed");
        assertThat(Instant.parse(audited.get(3).split("/", -1)[0])).isAfter(before);
        assertThat(said).last().asString().startsWith("FAILED: ");
    }

    private ChaosRun.Result run(List<Component> components) throws Exception {
        ScheduledExecutorService air = Executors.newSingleThreadScheduledExecutor();
        try {
            air.scheduleWithFixedDelay(ChaosOnDeploymentTest::airGoesOn, 0, 50, TimeUnit.MILLISECONDS);
            return new ChaosRun(
                            new ChaosRun.Settings(3, Pace.ONE_BY_ONE, 1, 0),
                            options -> {
                                audited.addAll(options);
                                return true;
                            },
                            said::add)
                    .onDeployment(new KafkaSettings(kafka.bootstrapServers()), components);
        } finally {
            air.shutdownNow();
            assertThat(air.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void airGoesOn() {
        kafka.produce(Topics.READINGS_AIR, "air-07", Map.of("sensorId", "air-07"));
        kafka.produce(Topics.SUMMARIES_AIR, "air-07", Map.of("stationId", "air-07"));
    }
}
