package org.citystream.alerting.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Lets changes through only with the administrator's token. Without a token file nobody may change anything. */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final @Nullable Path file;

    BearerToken(@Nullable Path file) {
        this.file = file;
    }

    /** @throws ProblemException if the request is a change and does not carry the token */
    void check(Context context) {
        boolean reads = switch (context.method().name()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
        if (!reads && !authorized(context.header("Authorization"))) {
            context.header("WWW-Authenticate", "Bearer realm=\"citystream\"");
            throw new ProblemException(
                    401,
                    file == null
                            ? "changes are switched off: ADMIN_TOKEN_FILE is not set"
                            : "changes need the header 'Authorization: Bearer TOKEN' with the administrator's token");
        }
    }

    private boolean authorized(@Nullable String header) {
        if (file == null || header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        byte[] expected = token(file);
        return expected.length > 0 && MessageDigest.isEqual(given, expected);
    }

    /** Read anew each time, so that a new token needs no restart. */
    private static byte[] token(Path file) {
        try {
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProblemException(503, "the administrator's token cannot be read: " + e.getMessage());
        }
    }
}
