package org.citystream.dashboard.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

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
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, byte[]> library = read(LIBRARY_FILES);
    private final Map<String, byte[]> tables = read(TABLES);

    void addTo(JavalinConfig config) {
        config.routes.before(Page::protect);
        config.staticFiles.add(files -> {
            files.hostedPath = "/";
            files.directory = "/web";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache");
        });
        config.routes.get("/lib/{file}", context -> send(context, library));
        config.routes.get("/tables/{file}", context -> send(context, tables));
    }

    private static void protect(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static void send(Context context, Map<String, byte[]> files) {
        String name = context.pathParam("file");
        byte[] content = files.get(name);
        if (content == null) {
            throw Problem.notFound("no such file");
        }
        context.contentType(contentType(name))
                .header("Cache-Control", "max-age=86400")
                .result(content);
    }

    private static String contentType(String name) {
        return name.endsWith(".css")
                ? "text/css; charset=utf-8"
                : name.endsWith(".csv") ? "text/csv; charset=utf-8" : "text/javascript; charset=utf-8";
    }

    private static Map<String, byte[]> read(Map<String, String> resources) {
        Map<String, byte[]> files = new HashMap<>();
        resources.forEach((name, resource) -> files.put(name, read(resource)));
        return files;
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
