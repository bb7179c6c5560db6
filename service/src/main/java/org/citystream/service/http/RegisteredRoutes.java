package org.citystream.service.http;

import io.javalin.Javalin;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a server has been told to answer, so that a document or a test can be held against all of it. */
public final class RegisteredRoutes {
    private RegisteredRoutes() {}

    /** Such as {@code GET /api/v1/alerts/{id}}; neither files nor what runs before and after. */
    public static Set<String> of(Javalin server) {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(entry -> entry.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
