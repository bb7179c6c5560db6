package org.citystream.benchmarks.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.gateway.Gateway;
import org.citystream.gateway.GatewayConfig;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;

/** The gateway as it is delivered: decodes, validates, forwards, acknowledges after Kafka; its metrics are asked for counts. */
public final class GatewayIntake extends IntakeRun {
    public static final String KAFKA = "kafka";
    private static final String CLIENT_ID = "gateway";
    private static final String FORWARDED = "gateway_forwarded_total{kind=\"traffic\"} ";

    @Override
    String clientId() {
        return CLIENT_ID;
    }

    @Override
    Intake start(String url, Parameters parameters) throws ConfigurationException {
        String kafka = parameters.text(KAFKA);
        StoredReadings stored = new StoredReadings(kafka);
        String[] settings = {
            "--mqtt-url=" + url,
            "--mqtt-client-id=" + CLIENT_ID,
            "--mqtt-receive-maximum=" + RECEIVE_MAXIMUM,
            "--kafka-bootstrap-servers=" + kafka,
            "--http-port=0"
        };
        Gateway gateway = Gateway.start(
                Configuration.load(new GatewayConfig(), settings, Map.of()), InstantSource.system(), () -> {});
        return new Running(gateway, stored);
    }

    private record Running(Gateway gateway, StoredReadings stored) implements Intake {
        private URI at(String path) {
            return URI.create("http://127.0.0.1:" + gateway.httpPort() + path);
        }

        @Override
        public LongSupplier done() {
            return this::forwarded;
        }

        private long forwarded() {
            try (BufferedReader metrics = new BufferedReader(
                    new InputStreamReader(at("/metrics").toURL().openStream(), StandardCharsets.UTF_8))) {
                return metrics.lines()
                        .filter(line -> line.startsWith(FORWARDED))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(FORWARDED.length())))
                        .sum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String digest(long count) {
            return stored.digest(count);
        }

        @Override
        public void close() throws InterruptedException {
            gateway.close();
            stored.close();
        }
    }
}
