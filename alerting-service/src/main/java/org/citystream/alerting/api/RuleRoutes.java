package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.citystream.alerting.api.ProblemException.FieldProblem;
import org.citystream.alerting.rule.RuleLog;
import org.citystream.alerting.rule.RuleLog.Writing;
import org.citystream.alerting.rule.RuleRevision;
import org.citystream.alerting.rule.UnknownVersionException;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.FieldChange;
import org.citystream.model.wire.JsonCodec;

/** {@code /api/v1/rules}. */
final class RuleRoutes {
    private static final String RULES = "/api/v1/rules";

    private final RuleLog rules;
    private final Changes changes;

    RuleRoutes(RuleLog rules, Changes changes) {
        this.rules = rules;
        this.changes = changes;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(RULES, this::list);
        config.routes.put(RULES, change("rules.apply", this::apply), Needs.ADMIN);
        config.routes.post(RULES + "/{id}/rollback", change("rules.rollback", this::rollback), Needs.ADMIN);
    }

    /** What is only told changes nothing, and leaves no row. */
    private Handler change(String action, Consumer<Context> work) {
        Handler recorded = changes.of(action, work);
        return context -> {
            if (writing(context) == Writing.TOLD_ONLY) {
                work.accept(context);
            } else {
                recorded.handle(context);
            }
        };
    }

    private void list(Context context) {
        Parameters parameters = Parameters.of(context, Set.of("id", "versions"));
        String versions = parameters.text("versions");
        if (versions != null && !versions.equals("all") && !versions.equals("latest")) {
            throw new ProblemException(400, "versions: must be latest or all");
        }
        List<Rule> found = rules.list(parameters.text("id"), "all".equals(versions));
        Answers.json(
                context,
                200,
                Answers.whole(found.stream().map(RuleRoutes::document).toList()));
    }

    private void apply(Context context) {
        Writing writing = writing(context);
        try {
            tell(context, rules.apply(Body.text(context), writing));
        } catch (InvalidRuleException e) {
            int problems = e.problems().size();
            throw new ProblemException(
                    422,
                    "the rules are refused whole, for " + problems + (problems == 1 ? " problem" : " problems"),
                    e.problems().stream()
                            .map(problem -> new FieldProblem(problem.path(), problem.reason()))
                            .toList());
        }
    }

    private void rollback(Context context) {
        Writing writing = writing(context);
        try {
            Integer version = Body.of(context).optionalInteger("version");
            tell(context, rules.rollback(context.pathParam("id"), version, writing));
        } catch (UnknownVersionException e) {
            throw new ProblemException(404, String.valueOf(e.getMessage()));
        }
    }

    private static Writing writing(Context context) {
        boolean dryRun = Parameters.of(context, Set.of("dryRun")).flag("dryRun");
        return dryRun ? Writing.TOLD_ONLY : Writing.WRITTEN;
    }

    private static void tell(Context context, RuleRevision revision) {
        ObjectNode answer = Answers.whole(
                revision.added().stream().map(RuleRoutes::document).toList());
        ArrayNode changes = answer.putArray("changes");
        revision.changes().forEach(change -> changes.add(document(change)));
        ArrayNode unchanged = answer.putArray("unchanged");
        revision.unchanged().forEach(rule -> unchanged.add(rule.id()));
        Answers.json(context, 200, answer);
    }

    private static ObjectNode document(RuleRevision.Change change) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", change.after().id());
        document.put("version", change.after().version());
        Rule before = change.before();
        document.put("previousVersion", before == null ? null : before.version());
        ArrayNode fields = document.putArray("fields");
        for (FieldChange field : change.fields()) {
            ObjectNode node = fields.addObject().put("path", field.path());
            set(node, "before", field.before());
            set(node, "after", field.after());
        }
        return document;
    }

    private static void set(ObjectNode node, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            node.set(name, value);
        }
    }

    private static JsonNode document(Rule rule) {
        return JsonCodec.read(RuleCodec.write(rule), JsonNode.class);
    }
}
