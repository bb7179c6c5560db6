package org.citystream.benchmarks.series;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * What the jobs would have written of a thousand road segments: the last hours of all, one of them for seven days.
 *
 * @param end end of the newest minute
 */
record FilledStore(Instant end, int segments, Duration all, Duration one) {
    static final String OBSERVED = "segment-0";
    private static final int LINES = 5_000;

    private static final class Batch {
        private final Consumer<String> store;
        private StringJoiner lines = new StringJoiner("\n");
        private int size;

        Batch(Consumer<String> store) {
            this.store = store;
        }

        void add(String line) {
            lines.add(line);
            if (++size == LINES) {
                flush();
            }
        }

        void flush() {
            store.accept(lines.toString());
            lines = new StringJoiner("\n");
            size = 0;
        }
    }

    /** Posts lines of the line protocol to a {@code /write} that takes nanoseconds. */
    void writeTo(URI write) {
        HttpClient client = HttpClient.newHttpClient();
        Batch batch = new Batch(lines -> post(client, write, lines));
        for (Instant at = end.minus(one); !at.isAfter(end); at = at.plusSeconds(60)) {
            int shown = at.isAfter(end.minus(all)) ? segments : 1;
            for (int segment = 0; segment < shown; segment++) {
                batch.add(line(segment, at));
            }
        }
        batch.flush();
    }

    long points() {
        return one.toMinutes() + 1 + all.toMinutes() * (segments - 1L);
    }

    private static String line(int segment, Instant at) {
        long minute = at.getEpochSecond() / 60;
        double wave = Math.abs(minute % 1440 - 720) / 720.0;
        double speed = 25 + 40 * wave + segment % 7;
        return "traffic,city=bench,segment=segment-" + segment + ",corridor=corridor-" + segment / 20
                + " flow_veh_h=" + (1800 - 1200 * wave) + ",speed_kmh=" + speed + ",occupancy=" + (0.3 - 0.2 * wave)
                + ",density_veh_km_lane=" + (30 - 20 * wave) + ",speed_ratio=" + speed / 75 + ",travel_time_index="
                + 75 / speed + ",planning_time_index=2.1,delay_veh_h=0.4,typical_speed_kmh=50.0"
                + ",level_of_service=\"C\",completeness=1.0 " + at.getEpochSecond() + "000000000";
    }

    private static void post(HttpClient client, URI write, String lines) {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(write)
                            .POST(BodyPublishers.ofString(lines))
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(write + " answered " + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot write to " + write, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
