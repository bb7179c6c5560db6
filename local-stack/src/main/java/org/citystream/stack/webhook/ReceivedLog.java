package org.citystream.stack.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.citystream.model.wire.JsonCodec;

/**
 * What a receiver got, a JSON document a line: {@code {"receivedAt","webhookId","verdict","body"}}. It is written before
 * the message is answered, so that what was confirmed stands in it.
 */
final class ReceivedLog {
    private final Path file;

    /** @throws IOException if the file cannot be written: said at once, and not by the first message */
    ReceivedLog(Path file) throws IOException {
        this.file = file;
        Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Appends one message.
     *
     * @param verdict {@code verified}, {@code unverified} or {@code refused}
     */
    synchronized void append(Instant receivedAt, String webhookId, String verdict, byte[] body) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("receivedAt", receivedAt.toString());
        line.put("webhookId", webhookId);
        line.put("verdict", verdict);
        line.set("body", document(body));
        try {
            Files.write(
                    file,
                    (line + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static JsonNode document(byte[] body) {
        try {
            return JsonCodec.internal().readTree(body);
        } catch (IOException notJson) {
            return JsonNodeFactory.instance.textNode(new String(body, StandardCharsets.UTF_8));
        }
    }
}
