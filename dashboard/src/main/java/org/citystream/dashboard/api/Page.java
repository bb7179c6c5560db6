package org.citystream.dashboard.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's files: our own, and the few that are needed of the libraries it uses. */
final class Page {
    private static final String WEBJARS = "/META-INF/resources/webjars/";

    /** What is served under {@code /lib/}, and nothing else of the libraries. */
    private static final Map<String, String> LIBRARY_FILES = Map.of(
            "leaflet.js", WEBJARS + "leaflet/1.9.4/dist/leaflet.js",
            "leaflet.css", WEBJARS + "leaflet/1.9.4/dist/leaflet.css",
            "uPlot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
            "uPlot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");

    private static final String MODEL = "/org/citystream/model/rule/";

    /** What is served under {@code /tables/}: what the indices are computed from, with its source. */
    private static final Map<String, String> TABLES = Map.of(
            "european-index-2024.csv", MODEL + "european-index-2024.csv",
            "us-aqi-2024.csv", MODEL + "us-aqi-2024.csv");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:%s;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Served> library = read(LIBRARY_FILES);
    private final Map<String, Served> tables = read(TABLES);
    private final String policy;

    /** @param tiles what is drawn under the city; null: nothing, and no other server is asked */
    Page(@Nullable Tiles tiles) {
        this.policy = String.format(Locale.ROOT, POLICY, tiles == null ? "" : " " + tiles.origin());
    }

    /** @param tag what the browser tells an old version from a new one by */
    private record Served(byte[] content, String tag) {}

    void addTo(JavalinConfig config) {
        config.routes.before(this::protect);
        config.staticFiles.add(files -> {
            files.hostedPath = "/";
            files.directory = "/web";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache");
        });
        config.routes.get("/lib/{file}", context -> send(context, library));
        config.routes.get("/tables/{file}", context -> send(context, tables));
    }

    private void protect(Context context) {
        context.header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** After an update of the dashboard, too, a browser has what belongs to the page that it loads. */
    private static void send(Context context, Map<String, Served> files) {
        String name = context.pathParam("file");
        Served file = files.get(name);
        if (file == null) {
            throw Problem.notFound("no such file");
        }
        context.header("Cache-Control", "no-cache").header("ETag", file.tag());
        if (file.tag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(contentType(name)).result(file.content());
        }
    }

    private static String contentType(String name) {
        return name.endsWith(".css")
                ? "text/css; charset=utf-8"
                : name.endsWith(".csv") ? "text/csv; charset=utf-8" : "text/javascript; charset=utf-8";
    }

    private static Map<String, Served> read(Map<String, String> resources) {
        Map<String, Served> files = new HashMap<>();
        resources.forEach((name, resource) -> {
            byte[] content = read(resource);
            files.put(name, new Served(content, "\"" + HexFormat.of().formatHex(sha256(content), 0, 8) + "\""));
        });
        return files;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
