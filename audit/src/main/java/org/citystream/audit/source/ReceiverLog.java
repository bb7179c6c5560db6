package org.citystream.audit.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.audit.alert.ReceivedDelivery;
import org.citystream.audit.alert.ReceivedDelivery.Place;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** The log of a webhook receiver: a line {@code {"receivedAt","webhookId","verdict","body"}} for each message. */
public final class ReceiverLog {
    private ReceiverLog() {}

    /**
     * Reads it; a last line that is cut off is passed over.
     *
     * @throws UncheckedIOException naming the line that is not of this format
     */
    public static List<ReceivedDelivery> read(Path file) {
        List<ReceivedDelivery> deliveries = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    deliveries.add(delivery(JsonCodec.internal().readTree(line)));
                } catch (IOException e) {
                    if (lines.ready()) {
                        throw new IOException(file + ", line " + number + " is no message of a receiver's log", e);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + e.getMessage(), e);
        }
        return deliveries;
    }

    private static ReceivedDelivery delivery(JsonNode line) throws IOException {
        if (!line.path("webhookId").isTextual() || !line.has("body")) {
            throw new IOException("webhookId or body is missing");
        }
        return new ReceivedDelivery(
                line.path("webhookId").asText(),
                receivedAt(line.path("receivedAt")),
                line.path("verdict").asText().equals("refused"),
                JsonContent.hash(line.path("body")),
                place(line.path("body").path("data")));
    }

    /** Bodies in other formats than our own do not tell. */
    private static @Nullable Place place(JsonNode data) {
        JsonNode subject = data.path(data.has("groupId") ? "groupId" : "alertId");
        return subject.isTextual() && data.path("sequence").isInt()
                ? new Place(subject.asText(), data.path("sequence").asInt())
                : null;
    }

    private static @Nullable Instant receivedAt(JsonNode time) throws IOException {
        try {
            return time.isTextual() ? Instant.parse(time.asText()) : null;
        } catch (DateTimeException e) {
            throw new IOException("receivedAt is no time", e);
        }
    }
}
