package org.citystream.alerting.api;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.citystream.model.wire.JsonCodec;

/** {@code /openapi.json}, written by hand and checked against the routes by a test. */
final class OpenApi {
    private OpenApi() {}

    static void addTo(JavalinConfig config) {
        config.routes.get(
                "/openapi.json",
                context -> context.contentType("application/json").result(OnceAsked.DOCUMENT));
    }

    /** Loaded with the first request: reading its YAML takes about as long as starting the server. */
    private static final class OnceAsked {
        private static final byte[] DOCUMENT = document();
    }

    private static byte[] document() {
        try (InputStream yaml = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            return JsonCodec.write(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read from the class path", e);
        }
    }
}
