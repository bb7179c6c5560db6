package org.citystream.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client of server-sent events that remembers what it heard. */
public final class EventStream implements AutoCloseable {
    /** One event, or a comment with {@code name} ":". */
    public record Heard(String name, String data) {}

    private final InputStream body;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    private EventStream(InputStream body) {
        this.body = body;
    }

    public static EventStream open(String url) throws IOException, InterruptedException {
        // Like curl, it does not say what it accepts: browsers do, other clients need not.
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        EventStream stream = new EventStream(response.body());
        Thread reader = new Thread(stream::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
        return stream;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    heard.add(new Heard(":", line.substring(1).strip()));
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    heard.add(new Heard(name, line.substring(5).strip()));
                }
            }
        } catch (IOException e) {
            heard.add(new Heard("end", String.valueOf(e.getMessage())));
        }
    }

    /** Waits for one that satisfies. */
    public Heard await(Predicate<Heard> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> heard.stream().filter(wanted).findFirst(), found -> found.isPresent())
                .orElseThrow();
    }

    public List<Heard> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
