package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.citystream.endtoend.CityCommand.Output;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service is told to end and comes back, one after the other in an order drawn from a seed, while readings come in: as
 * {@code ./city verify --chaos} does it to a deployment that it knows nothing of but the commands in a file. Nothing is
 * lost, and nobody has to help.
 */
@EnabledIfSystemProperty(
        named = "proofs",
        matches = "true",
        disabledReason = "takes minutes and does what ChaosIT does by other means; run it with -Dproofs=true")
class RollingRestartIT {
    private static final String SEED = "33";
    /** Times real time: what must come through includes a summary, and its minute is over after three seconds. */
    private static final String SPEED = "20";

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int ALERTING = 8090;
    private static final int GATEWAY = 8091;

    /** A service, by whose health it is known to work, and what must come through it. */
    private record Part(String name, int port, String health, String proof) {}

    private static final List<Part> PARTS = List.of(
            new Part("gateway", GATEWAY, "/health/ready", "readings"),
            new Part("mqtt", GATEWAY, "/health/ready", "readings"),
            new Part("kafka", GATEWAY, "/health/ready", "summaries"),
            new Part("flink-jobmanager", 8081, "/overview", "summaries"),
            new Part("flink-taskmanager", 8081, "/overview", "summaries"),
            new Part("postgres", ALERTING, "/health/ready", "ready"),
            new Part("alerting", ALERTING, "/health/ready", "ready"),
            new Part("timeseries", 9000, "/ping", "ready"),
            new Part("dashboard", 8080, "/health/ready", "ready"));

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyServiceIsRestartedOnceAndNothingIsLost() throws Exception {
        Path data = directory.resolve("data");
        try (CityStack stack = CityStack.up(data, "--ledger", "--speed", SPEED)) {
            Path mayBreak = Files.writeString(directory.resolve("may-break.yaml"), mayBreak(stack));

            Output output = stack.city(
                    LIMIT,
                    List.of(
                            "verify",
                            "--chaos",
                            "" + PARTS.size(),
                            "--seed",
                            SEED,
                            "--may-break",
                            mayBreak.toString(),
                            "--ledger",
                            data.resolve("simulator/ledger").toString(),
                            "--kafka-bootstrap-servers",
                            stack.kafka(),
                            "--alerting-url",
                            stack.uri(ALERTING, "").toString(),
                            "--json"));

            System.out.println(output.text());
            assertThat(output.status()).as("exit code").isZero();
            JsonNode report = JsonCodec.internal()
                    .readTree(output.text().substring(output.text().indexOf("\n{")));
            assertThat(report.path("faults"))
                    .allSatisfy(
                            fault -> assertThat(fault.path("fault").asText()).isEqualTo("restart"))
                    .extracting(fault -> fault.path("component").asText())
                    .containsExactlyInAnyOrderElementsOf(
                            PARTS.stream().map(Part::name).toList());
            JsonNode messages = report.at("/audit/messages");
            assertThat(messages.path("sent").asInt()).isGreaterThan(10_000);
            for (String failure : List.of("lost", "corrupted", "phantom", "duplicate-unexplained")) {
                assertThat(messages.path(failure).asInt(-1)).as(failure).isZero();
            }
            assertThat(report.at("/audit/traffic/counted").asInt()).isGreaterThan(1_000);
            assertThat(restarts(stack)).as("restarts of each").containsOnly(1);
        }
    }

    /** Each process as it is now; a command ends when the process has. */
    private static String mayBreak(CityStack stack) throws Exception {
        JsonNode services = services(stack);
        StringBuilder yaml = new StringBuilder("components:\n");
        for (Part part : PARTS) {
            long pid = service(services, part.name()).path("pid").asLong();
            yaml.append("  - name: ")
                    .append(part.name())
                    .append("\n    restart: kill -TERM ")
                    .append(pid)
                    .append(" && tail --pid=")
                    .append(pid)
                    .append(" -f /dev/null\n    ready: ")
                    .append(stack.uri(part.port(), part.health()))
                    .append("\n    proof: ")
                    .append(part.proof())
                    .append('\n');
        }
        return yaml.toString();
    }

    private static List<Integer> restarts(CityStack stack) throws Exception {
        JsonNode services = services(stack);
        return PARTS.stream()
                .map(part -> service(services, part.name()).path("restarts").asInt())
                .toList();
    }

    private static JsonNode services(CityStack stack) throws Exception {
        return JsonCodec.internal()
                .readTree(stack.city("status", "--json").text())
                .path("services");
    }

    private static JsonNode service(JsonNode services, String name) {
        for (JsonNode one : services) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no service " + name + " in " + services);
    }
}
