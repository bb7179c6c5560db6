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
    private static final String SOMEBODY = "administrator";

    private final Alerts alerts;
    private final AlertWriter writer;
    private final AlertLinks links;

    AlertRoutes(Alerts alerts, AlertWriter writer, AlertLinks links) {
        this.alerts = alerts;
        this.writer = writer;
        this.links = links;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ALERTS, this::list);
        config.routes.get(ALERTS + "/{id}", context -> show(context, 200));
        config.routes.post(ALERTS + "/{id}/acknowledge", this::acknowledge);
        config.routes.post(ALERTS + "/{id}/comment", this::comment);
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
        String by = Objects.requireNonNullElse(body.optionalText("by"), SOMEBODY);
        if (!writer.acknowledge(context.pathParam("id"), by, body.optionalText("comment"))) {
            throw ProblemException.notFound("alert", context.pathParam("id"));
        }
        show(context, 200);
    }

    private void comment(Context context) {
        Body body = Body.of(context);
        String text = body.text("comment");
        String by = Objects.requireNonNullElse(body.optionalText("by"), SOMEBODY);
        if (!writer.comment(context.pathParam("id"), by, text)) {
            throw ProblemException.notFound("alert", context.pathParam("id"));
        }
        show(context, 201);
    }

    private Alert found(Context context) {
        String id = context.pathParam("id");
        return alerts.find(id).orElseThrow(() -> ProblemException.notFound("alert", id));
    }
}
