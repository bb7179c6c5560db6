package org.citystream.service.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.ArrayList;
import java.util.List;

/** What can be done at a path where the method asked for cannot. */
public final class AllowedMethods {
    private AllowedMethods() {}

    /**
     * Says it in the header {@code Allow}, which RFC 9110 demands of every answer 405.
     *
     * @return the methods, separated by commas
     */
    public static String tell(MethodNotAllowedResponse refusal, Context context) {
        List<String> methods = new ArrayList<>();
        // Javalin has them only as the one detail of its answer, whose name depends on what the client accepts.
        refusal.getDetails().values().forEach(listed -> methods.addAll(List.of(listed.split(",\\s*"))));
        if (methods.contains("GET") && !methods.contains("HEAD")) {
            methods.add("HEAD");
        }
        String allowed = String.join(", ", methods.stream().sorted().toList());
        context.header(Header.ALLOW, allowed);
        return allowed;
    }
}
