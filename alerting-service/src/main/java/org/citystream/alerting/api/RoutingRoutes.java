package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.label.Matcher;
import org.citystream.alerting.notify.Explainer;
import org.citystream.alerting.notify.Explanation;
import org.citystream.alerting.notify.Explanation.Answer;
import org.citystream.alerting.route.Grouping;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routed.Visit;
import org.citystream.alerting.route.Routes;

/** {@code /api/v1/routes}. */
final class RoutingRoutes {
    private static final String ROUTES = "/api/v1/routes";

    private final Supplier<Routes> routes;
    private final Explainer explainer;
    private final Alerts alerts;
    private final Supplier<Instant> cityClock;

    /** @param cityClock what the deployment calls now */
    RoutingRoutes(Supplier<Routes> routes, Explainer explainer, Alerts alerts, Supplier<Instant> cityClock) {
        this.routes = routes;
        this.explainer = explainer;
        this.alerts = alerts;
        this.cityClock = cityClock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ROUTES, this::show);
        // A question, though its labels do not fit into a query: nothing changes.
        config.routes.post(ROUTES + "/test", this::test);
    }

    private void show(Context context) {
        Routes current = routes.get();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("hash", current.hash());
        document.set("root", tree(current.root()));
        ArrayNode inhibit = document.putArray("inhibit");
        current.inhibitRules().forEach(rule -> {
            ObjectNode node = inhibit.addObject().put("name", rule.name());
            rule.sources().forEach(matcher -> node.withArray("sources").add(matcher.toString()));
            rule.targets().forEach(matcher -> node.withArray("targets").add(matcher.toString()));
            rule.equal().forEach(node.putArray("equal")::add);
        });
        current.intervals().keySet().stream().sorted().forEach(document.putArray("timeIntervals")::add);
        Answers.json(context, 200, document);
    }

    private static ObjectNode tree(Route route) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", route.id());
        node.put("receiver", route.receiver());
        route.matchers().stream().map(Matcher::toString).forEach(node.putArray("matchers")::add);
        node.put("continue", route.goOn());
        node.set("grouping", grouping(route));
        route.mutedIn().forEach(node.putArray("muteTimeIntervals")::add);
        route.activeIn().forEach(node.putArray("activeTimeIntervals")::add);
        ArrayNode escalation = node.putArray("escalation");
        route.escalation()
                .forEach(step -> escalation
                        .addObject()
                        .put("after", step.after().toString())
                        .put("receiver", step.receiver()));
        ArrayNode children = node.putArray("routes");
        route.children().forEach(child -> children.add(tree(child)));
        return node;
    }

    private static JsonNode grouping(Route route) {
        Grouping grouping = route.grouping();
        if (grouping == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        grouping.by().forEach(node.putArray("by")::add);
        return node.put("each", grouping.each())
                .put("wait", grouping.firstWait().toString())
                .put("interval", grouping.interval().toString())
                .put("repeat", grouping.repeat().toString());
    }

    private void test(Context context) {
        Body body = Body.of(context);
        String alertId = body.optionalText("alertId");
        Instant at = Objects.requireNonNullElseGet(body.time("at"), cityClock);
        Explanation explanation =
                alertId == null ? explainer.explain(labels(body), at) : explainer.explain(alert(alertId), at);
        Answers.json(context, 200, document(explanation, at));
    }

    private Alert alert(String id) {
        return alerts.find(id).orElseThrow(() -> ProblemException.notFound("alert", id));
    }

    private static LabelSet labels(Body body) {
        Map<String, String> labels = new TreeMap<>(body.textByName("labels"));
        if (labels.isEmpty()) {
            throw ProblemException.invalid("labels", "give labels such as {\"severity\":\"severe\"}, or an alertId");
        }
        return LabelSet.of(labels);
    }

    private static ObjectNode document(Explanation explanation, Instant at) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("at", at.toString());
        explanation.target().labels().asMap().forEach(node.putObject("labels")::put);
        ArrayNode answers = node.putArray("receivers");
        explanation.answers().forEach(answer -> answers.add(document(answer)));
        ArrayNode visits = node.putArray("visits");
        explanation.routed().visits().forEach(visit -> visits.add(document(visit)));
        return node;
    }

    private static ObjectNode document(Answer answer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("receiver", answer.route().receiver());
        node.put("route", answer.route().id());
        node.put("tells", answer.quiet() == null);
        node.put("quiet", answer.quiet());
        node.set("grouping", grouping(answer.route()));
        return node;
    }

    private static ObjectNode document(Visit visit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("depth", visit.depth())
                .put("route", visit.route().id())
                .put("condition", visit.route().condition())
                .put("receiver", visit.route().receiver())
                .put("taken", visit.taken())
                .put("reason", visit.reason());
    }
}
