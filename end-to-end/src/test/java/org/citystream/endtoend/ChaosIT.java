package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.citystream.endtoend.CityCommand.Output;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.chaos.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./city verify --chaos} on a whole stack under load: whatever is killed, paused and restarted, nothing acknowledged is
 * lost, nobody is told twice, and nobody has to help.
 */
class ChaosIT {
    /**
     * Chosen for what its faults are, which docs/guarantees.md relies on: every component once, brokers, gateway, jobs,
     * PostgreSQL and alerting by {@code kill -9}, every kind of fault at least once, and at the end a TaskManager that stands
     * still for 18.6 s, longer than Flink waits for it, and comes back when its work has been given away.
     */
    private static final String SEED = "9040749";

    private static final List<String> FAULTS = List.of(
            "kill of postgres",
            "blackhole of line-to-kafka",
            "restart of timeseries",
            "kill of mqtt",
            "half-open of line-to-mqtt",
            "kill of alerting",
            "kill of gateway",
            "kill of kafka",
            "kill of flink-taskmanager",
            "half-open of line-to-timeseries",
            "restart of dashboard",
            "kill of flink-jobmanager",
            "cut of line-to-postgres",
            "pause of flink-taskmanager");
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path dataDirectory = Path.of("");

    @Test
    void faultsLoseNothingAndNobodyHasToHelp() throws Exception {
        try (CityStack stack = CityStack.up(dataDirectory, "--breakable")) {
            Output output = stack.city(
                    LIMIT, List.of("verify", "--chaos", "" + FAULTS.size(), "--seed", SEED, "--rate", "200", "--json"));

            System.out.println(output.text());
            assertThat(output.status()).as("exit code").isZero();
            JsonNode report = JsonCodec.internal()
                    .readTree(output.text().substring(output.text().indexOf("\n{")));
            assertThat(report.path("faults"))
                    .extracting(fault -> fault.path("fault").asText() + " of "
                            + fault.path("component").asText())
                    .isEqualTo(FAULTS);
            assertThat(report.path("faults"))
                    .extracting(fault -> fault.path("fault").asText())
                    .as("every kind of fault there is")
                    .containsAll(Arrays.stream(FaultKind.values())
                            .map(FaultKind::wireName)
                            .toList());
            assertThat(report.path("balances")).hasSize(2).allSatisfy(job -> {
                assertThat(job.path("readingsIn").asLong()).isPositive();
                assertThat(job.path("even").asBoolean())
                        .as("metrics of %s", job)
                        .isTrue();
            });
            JsonNode messages = report.at("/audit/messages");
            assertThat(messages.path("sent").asInt()).isGreaterThan(10_000);
            for (String failure : List.of("lost", "corrupted", "phantom", "duplicate-unexplained")) {
                assertThat(messages.path(failure).asInt(-1)).as(failure).isZero();
            }
            assertThat(report.at("/audit/traffic/counted").asInt()).isGreaterThan(1_000);
            assertThat(report.at("/audit/alerts/alerts").asInt()).isPositive();
            assertThat(report.at("/audit/alerts/episodes-with-two-alerts").asInt(-1))
                    .isZero();
            assertThat(report.at("/audit/deliveries/received").asInt()).isPositive();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(states(stack))
                            .as("the stack's own source too is back")
                            .containsOnly("up"));
        }
    }

    private static List<String> states(CityStack stack) throws Exception {
        return JsonCodec.internal()
                .readTree(stack.city("status", "--json").text())
                .path("services")
                .findValuesAsText("state");
    }
}
