package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertDocument;
import org.citystream.alerting.alert.AlertFilter;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;

/** {@code /api/v1/alerts}. */
final class AlertRoutes {
    private static final String ALERTS = "/api/v1/alerts";
    private static final Set<String> FILTERS =
            Set.of("state", "severity", "kind", "city", "subject", "from", "to", "mode", "limit", "cursor");

    private final Alerts alerts;
    private final AlertWriter writer;
    private final AlertLinks links;
    private final Changes changes;

    AlertRoutes(Alerts alerts, AlertWriter writer, AlertLinks links, Changes changes) {
        this.alerts = alerts;
        this.changes = changes;
        this.writer = writer;
        this.links = links;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ALERTS, this::list);
        config.routes.get(ALERTS + "/{id}", context -> show(context, 200));
        config.routes.post(
                ALERTS + "/{id}/acknowledge", changes.of("alert.acknowledge", this::acknowledge), Needs.OPERATOR);
        config.routes.post(ALERTS + "/{id}/assign", changes.of("alert.assign", this::assign), Needs.OPERATOR);
        config.routes.post(ALERTS + "/{id}/comment", changes.of("alert.comment", this::comment), Needs.OPERATOR);
    }

    private void list(Context context) {
        Parameters parameters = Parameters.of(context, FILTERS);
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        List<Alert> found = alerts.list(
                filter(parameters), cursor == null ? null : new Alerts.Position(cursor.at(), cursor.id()), limit + 1);
        Answers.page(
                context,
                found,
                limit,
                alert -> AlertDocument.of(alert, links),
                alert -> new Cursor(alert.current().startedAt(), alert.alertId()));
    }

    private static AlertFilter filter(Parameters parameters) {
        List<String> modes = parameters.names("mode", RuleMode.class);
        return new AlertFilter(
                parameters.names("state", AlertState.class),
                parameters.names("severity", Severity.class),
                parameters.names("kind", RuleKind.class),
                parameters.text("city"),
                parameters.text("subject"),
                parameters.time("from"),
                parameters.time("to"),
                modes.contains(RuleMode.SHADOW.wireName()));
    }

    private void show(Context context, int status) {
        Alert alert = found(context);
        ObjectNode document = AlertDocument.of(alert, links);
        document.set("evidence", alert.current().evidence());
        ArrayNode history = document.putArray("history");
        alerts.history(alert.alertId())
                .forEach(entry -> history.add(JsonCodec.internal().<ObjectNode>valueToTree(entry)));
        Answers.json(context, status, document);
    }

    private void acknowledge(Context context) {
        Body body = Body.of(context);
        String by = by(context, body);
        if (!writer.acknowledge(context.pathParam("id"), by, body.optionalText("comment"))) {
            throw ProblemException.notFound("alert", context.pathParam("id"));
        }
        show(context, 200);
    }

    private void comment(Context context) {
        Body body = Body.of(context);
        String text = body.text("comment");
        String by = by(context, body);
        if (!writer.comment(context.pathParam("id"), by, text)) {
            throw ProblemException.notFound("alert", context.pathParam("id"));
        }
        show(context, 201);
    }

    private void assign(Context context) {
        Body body = Body.of(context);
        if (!body.has("to")) {
            throw ProblemException.invalid("to", "is required; null takes the assignment back");
        }
        if (!writer.assign(context.pathParam("id"), by(context, body), body.optionalText("to"))) {
            throw ProblemException.notFound("alert", context.pathParam("id"));
        }
        show(context, 200);
    }

    /** A caller may act for somebody who has no token of their own; the audit log says who it was. */
    private static String by(Context context, Body body) {
        return Objects.requireNonNullElseGet(
                body.optionalText("by"), () -> Authentication.of(context).name());
    }

    private Alert found(Context context) {
        String id = context.pathParam("id");
        return alerts.find(id).orElseThrow(() -> ProblemException.notFound("alert", id));
    }
}
