package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.citystream.alerting.api.ProblemException.FieldProblem;
import org.citystream.alerting.rule.RuleLog;
import org.citystream.alerting.rule.RuleLog.Applied;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;

/** {@code /api/v1/rules}. */
final class RuleRoutes {
    private static final String RULES = "/api/v1/rules";

    private final RuleLog rules;

    RuleRoutes(RuleLog rules) {
        this.rules = rules;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(RULES, this::list);
        config.routes.put(RULES, this::apply);
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
        try {
            Applied applied = rules.apply(Body.text(context));
            ObjectNode answer = Answers.whole(
                    applied.added().stream().map(RuleRoutes::document).toList());
            applied.unchanged().forEach(rule -> answer.withArray("unchanged").add(rule.id()));
            answer.withArray("unchanged");
            Answers.json(context, 200, answer);
        } catch (InvalidRuleException e) {
            throw new ProblemException(
                    422,
                    "the rules are refused whole: " + e.getMessage(),
                    e.problems().stream()
                            .map(problem -> new FieldProblem(problem.path(), problem.reason()))
                            .toList());
        }
    }

    private static JsonNode document(Rule rule) {
        return JsonCodec.read(RuleCodec.write(rule), JsonNode.class);
    }
}
