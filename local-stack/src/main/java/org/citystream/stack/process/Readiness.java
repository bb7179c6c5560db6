package org.citystream.stack.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a process that is alive does its work. */
@FunctionalInterface
public interface Readiness {
    /** Empty when it does, else why not. Answers within two seconds. */
    Optional<String> problem();

    /** To be called before each start: what a process that was killed has left behind must not speak for the next. */
    default void forget() throws IOException {}

    /** A process that has no way to tell counts as ready. */
    static Readiness alive() {
        return Optional::empty;
    }

    /** The process writes this file when it is ready. */
    static Readiness file(Path file) {
        return new Readiness() {
            @Override
            public Optional<String> problem() {
                return Files.exists(file) ? Optional.empty() : Optional.of("starting");
            }

            @Override
            public void forget() throws IOException {
                Files.deleteIfExists(file);
            }
        };
    }

    /** The URL answers with 2xx; a 503 tells the reason in its body. */
    static Readiness http(String url) {
        return () -> {
            try {
                return answer(url);
            } catch (IOException e) {
                return Optional.of("does not answer");
            }
        };
    }

    private static Optional<String> answer(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(1_000);
        connection.setReadTimeout(2_000);
        try {
            int status = connection.getResponseCode();
            if (status / 100 == 2) {
                return Optional.empty();
            }
            try (var body = connection.getErrorStream()) {
                String text = body == null ? "" : new String(body.readNBytes(500), StandardCharsets.UTF_8);
                return Optional.of("HTTP " + status + " " + text);
            }
        } finally {
            connection.disconnect();
        }
    }
}
