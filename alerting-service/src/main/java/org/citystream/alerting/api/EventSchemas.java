package org.citystream.alerting.api;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /api/v1/schemas/events}: JSON Schema of every message type. */
final class EventSchemas {
    /** In the class path, next to this class. */
    static final String RESOURCE = "events.schema.json";

    private EventSchemas() {}

    static void addTo(JavalinConfig config) {
        byte[] schema = schema();
        config.routes.get(
                "/api/v1/schemas/events",
                context -> context.contentType("application/schema+json").result(schema));
    }

    private static byte[] schema() {
        try (InputStream json = EventSchemas.class.getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException(RESOURCE + " is not in the class path");
            }
            return json.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read from the class path", e);
        }
    }
}
