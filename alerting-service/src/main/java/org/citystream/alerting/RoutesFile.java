package org.citystream.alerting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.citystream.alerting.route.InvalidRoutesException;
import org.citystream.alerting.route.Routes;
import org.citystream.alerting.route.RoutesReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routing file in force. A new version is taken while the service runs; a broken one leaves the last in force. */
final class RoutesFile implements Supplier<Routes> {
    private static final Logger LOG = LoggerFactory.getLogger(RoutesFile.class);

    private final @Nullable Path path;
    private volatile Routes routes = Routes.DEFAULT;
    private volatile String problem = "";
    private String seen = "";

    private RoutesFile(@Nullable Path path) {
        this.path = path;
    }

    /**
     * Reads the file; without one the default configuration holds.
     *
     * @throws IOException if it cannot be read or used; a service must not start by rules that nobody has given it
     */
    static RoutesFile open(@Nullable Path path) throws IOException {
        RoutesFile file = new RoutesFile(path);
        if (path != null) {
            file.seen = text(path);
            try {
                file.routes = RoutesReader.read(file.seen);
            } catch (InvalidRoutesException e) {
                throw new IOException(path + " is not a routing file: " + e.getMessage(), e);
            }
        }
        return file;
    }

    private static String text(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public Routes get() {
        return routes;
    }

    /** What is wrong with the file as it stands; empty if it is in force. */
    Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    /** Takes the file anew if it has changed. */
    void refresh() {
        if (path == null) {
            return;
        }
        try {
            String text = text(path);
            if (text.equals(seen)) {
                return;
            }
            seen = text;
            routes = RoutesReader.read(text);
            problem = "";
            LOG.info("{} has changed and is in force", path);
        } catch (IOException | InvalidRoutesException e) {
            if (e instanceof IOException) {
                // When it is there again it counts, even with what it said before.
                seen = "";
            }
            String said = path + ": " + (e instanceof InvalidRoutesException ? e.getMessage() : "cannot be read: " + e);
            if (!said.equals(problem)) {
                LOG.warn("{}; the routes before it stay in force", said);
            }
            problem = said;
        }
    }
}
