package org.citystream.dashboard.series.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.dashboard.series.TimeSeriesReaderContract;
import org.citystream.model.series.Series;
import org.citystream.testsupport.InfluxOne;
import org.citystream.testsupport.InfluxOneExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the real InfluxDB 1.6.7. */
class InfluxDbReaderTest extends TimeSeriesReaderContract {
    @RegisterExtension
    static final InfluxOneExtension influx = new InfluxOneExtension();

    @Override
    protected void empty() {
        Series.ALL.forEach(series -> influx.server().execute("DROP MEASUREMENT \"" + series.measurement() + "\""));
    }

    @Override
    protected void write(String lines) {
        influx.server().write(lines);
    }

    @Override
    protected void await(String measurement, int points) {
        // Written points can be read at once.
    }

    @Override
    protected TimeSeriesReader open() {
        return reader(influx.server().url(), InfluxOne.DATABASE, null);
    }

    @Override
    protected TimeSeriesReader openNowhere() {
        return reader("http://127.0.0.1:1", InfluxOne.DATABASE, null);
    }

    private static InfluxDbReader reader(String url, String database, @Nullable String token) {
        return new InfluxDbReader(new InfluxDbAddress(URI.create(url), database, token));
    }

    @Test
    void aRetentionPolicyMayBeNamed() {
        try (TimeSeriesReader named = reader(influx.server().url() + "/", "citystream/autogen", null)) {
            named.probe();
            assertThat(named.problem()).isEmpty();
        }
    }

    /** A store that hangs in the middle of its answer must not hold a thread of the server for ever. */
    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            InfluxDbAddress address = new InfluxDbAddress(url, InfluxOne.DATABASE, null);
            CompletableFuture<Socket> hanging = CompletableFuture.supplyAsync(() -> answerTheHeadersOnly(server));
            try (TimeSeriesReader reader = new InfluxDbReader(address, Duration.ofMillis(300))) {
                assertTimeoutPreemptively(Duration.ofSeconds(10), reader::probe);
                assertThat(reader.problem())
                        .hasValueSatisfying(words -> assertThat(words).contains("no whole answer"));
            } finally {
                hanging.join().close();
            }
        }
    }

    private static Socket answerTheHeadersOnly(ServerSocket server) {
        try {
            Socket client = server.accept();
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsAProblem() {
        try (TimeSeriesReader lost = reader(influx.server().url(), "nowhere", null)) {
            lost.probe();
            assertThat(lost.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("database not found: nowhere"));
        }
    }

    /** As the documentation of InfluxDB 2 and 3 has it, and that of 1. */
    @Test
    void tokensAreSentAsEachVersionWantsThem() {
        URI url = URI.create("http://influxdb:8086");
        assertThat(new InfluxDbAddress(url, "city", "apiv3_x-Y_z==").authorization())
                .hasValue("Token apiv3_x-Y_z==");
        assertThat(new InfluxDbAddress(url, "city", "reader:secret").authorization())
                .hasValue("Basic cmVhZGVyOnNlY3JldA==");
        assertThat(new InfluxDbAddress(url, "city", null).authorization()).isEmpty();
    }
}
