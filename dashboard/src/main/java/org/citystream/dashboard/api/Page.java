package org.citystream.dashboard.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
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

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, byte[]> library = new LinkedHashMap<>();

    Page() {
        LIBRARY_FILES.forEach((name, resource) -> library.put(name, read(resource)));
    }

    void addTo(JavalinConfig config) {
        config.routes.before(Page::protect);
        config.staticFiles.add(files -> {
            files.hostedPath = "/";
            files.directory = "/web";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache");
        });
        config.routes.get("/lib/{file}", this::library);
    }

    private static void protect(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    private void library(Context context) {
        String name = context.pathParam("file");
        byte[] content = library.get(name);
        if (content == null) {
            throw Problem.notFound("no such file");
        }
        context.contentType(name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8")
                .header("Cache-Control", "max-age=86400")
                .result(content);
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
