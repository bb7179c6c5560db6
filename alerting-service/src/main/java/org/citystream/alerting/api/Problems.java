package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.List;
import org.citystream.alerting.api.ProblemException.FieldProblem;
import org.citystream.alerting.lifecycle.InvalidDataException;
import org.citystream.alerting.lifecycle.StoreUnavailableException;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.http.AllowedMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as {@code application/problem+json}. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void addTo(JavalinConfig config) {
        config.routes.exception(
                ProblemException.class,
                (e, context) -> write(context, e.status(), String.valueOf(e.getMessage()), e.errors()));
        config.routes.exception(
                MethodNotAllowedResponse.class,
                (e, context) ->
                        write(context, e.getStatus(), "possible here: " + AllowedMethods.tell(e, context), List.of()));
        config.routes.exception(
                HttpResponseException.class,
                (e, context) -> write(context, e.getStatus(), String.valueOf(e.getMessage()), List.of()));
        config.routes.exception(StoreUnavailableException.class, (e, context) -> unavailable(context, e));
        config.routes.exception(RuleLogException.class, (e, context) -> unavailable(context, e));
        config.routes.exception(
                InvalidDataException.class,
                (e, context) -> write(context, 422, "the data cannot be stored", List.of()));
        config.routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            write(context, 500, "an unexpected error; the log of the alerting service has more", List.of());
        });
    }

    private static void unavailable(Context context, Exception e) {
        LOG.warn("{} {} is unavailable: {}", context.method(), context.path(), e.getMessage());
        context.header("Retry-After", "5");
        write(context, 503, String.valueOf(e.getMessage()), List.of());
    }

    private static void write(Context context, int status, String detail, List<FieldProblem> errors) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "about:blank");
        problem.put("title", HttpStatus.forStatus(status).getMessage());
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("instance", context.path());
        if (!errors.isEmpty()) {
            errors.forEach(error -> problem.withArray("errors")
                    .addObject()
                    .put("path", error.path())
                    .put("reason", error.reason()));
        }
        context.status(status).contentType("application/problem+json").result(JsonCodec.write(problem));
    }
}
