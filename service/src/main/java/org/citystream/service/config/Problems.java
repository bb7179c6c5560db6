package org.citystream.service.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with settings beyond their form, found one by one and told together. */
public final class Problems {
    private static final int HIGHEST_PORT = 65_535;

    private final List<String> found = new ArrayList<>();

    public void add(String problem) {
        found.add(problem);
    }

    public void addAll(List<String> problems) {
        found.addAll(problems);
    }

    /** A number within limits, both inclusive. */
    public void within(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            found.add(setting + " must be within " + least + ".." + most + " but is " + value);
        }
    }

    /** A port to listen on; 0 takes a free one. */
    public void port(String setting, int port) {
        within(setting, port, 0, HIGHEST_PORT);
    }

    /** A duration of zero or more. */
    public void notNegative(String setting, Duration value) {
        if (value.isNegative()) {
            found.add(setting + " must be at least PT0S but is " + value);
        }
    }

    /**
     * A file that this process can read, or none.
     *
     * @return whether there is one
     */
    public boolean readable(String setting, @Nullable Path file) {
        if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
            found.add(setting + " " + file + " cannot be read; make it readable for the service's user");
            return false;
        }
        return file != null;
    }

    /** The address of an HTTP server as Java's client takes it, or none. */
    public void http(String setting, @Nullable URI url) {
        if (url != null
                && (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?"))) {
            found.add(setting + " must be http://HOST:PORT or https://HOST:PORT but is '" + url + "'");
        }
    }

    /** What a PostgreSQL driver connects to. */
    public void postgres(String setting, String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            found.add(setting + " must be jdbc:postgresql://HOST:PORT/DATABASE but is '" + url + "'");
        }
    }

    public List<String> all() {
        return List.copyOf(found);
    }

    /**
     * Ends the judgement.
     *
     * @throws ConfigurationException with all of them, if there are any
     */
    public void refuseAny() throws ConfigurationException {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }
}
