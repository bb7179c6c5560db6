package org.citystream.dashboard.series.influxdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.citystream.dashboard.series.Aggregation;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesException;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.series.Series;
import org.citystream.model.wire.JsonCodec;

/** {@link TimeSeriesReader} over InfluxDB's {@code /query}. */
public final class InfluxDbReader implements TimeSeriesReader {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final InfluxDbAddress address;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private volatile Optional<String> problem = Optional.of("not asked yet");

    /** Connects when first needed. */
    public InfluxDbReader(InfluxDbAddress address) {
        this(address, PATIENCE);
    }

    InfluxDbReader(InfluxDbAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    @Override
    public List<SeriesPoint> read(SeriesQuery query) {
        Answers answers = new Answers(query);
        if (query.isFinest()) {
            answers.points(ask(InfluxQl.points(query)));
            return answers.points();
        }
        answers.windows(ask(InfluxQl.windows(query)));
        if (Aggregation.of(query.series(), query.field()) == Aggregation.SPACE_MEAN_SPEED) {
            answers.standstill(ask(InfluxQl.standstill(query)));
        }
        return answers.points();
    }

    @Override
    public Map<String, Map<String, Object>> latest(Series series, Instant at, Duration horizon) {
        return Answers.bySubject(series, ask(InfluxQl.latest(series, at, horizon)));
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public void probe() {
        try {
            ask(InfluxQl.probe());
        } catch (TimeSeriesException e) {
            // remembered by ask
        }
    }

    @Override
    public void close() {
        // The client's threads end with the last reference to it.
    }

    private JsonNode ask(String influxQl) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address.query(influxQl)).header("Accept", "application/json");
            address.authorization().ifPresent(value -> request.header("Authorization", value));
            JsonNode answer = answer(send(request.build()));
            problem = Optional.empty();
            return answer;
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            problem = Optional.of("InfluxDB at " + address.url() + ": " + reason);
            throw new TimeSeriesException("the time-series store does not answer: " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeSeriesException("the dashboard is stopping", e);
        }
    }

    /** A request's own timeout ends with the answer's first line; this one holds for all of it. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** A failed statement is reported within an answer of status 200. */
    private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        JsonNode answer;
        try {
            answer = JsonCodec.internal().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException("HTTP " + response.statusCode() + " without JSON", e);
        }
        JsonNode error = answer.at("/results/0/error");
        if (response.statusCode() != 200 || !error.isMissingNode()) {
            String said = error.isMissingNode()
                    ? answer.path("error").asText(answer.path("message").asText())
                    : error.asText();
            throw new IOException("HTTP " + response.statusCode() + ": " + said);
        }
        return answer;
    }
}
