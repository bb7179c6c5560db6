package org.citystream.stack.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;

/**
 * Several files of rules as one document, so that they are taken whole or not at all. Read here and not only where they
 * are applied, because only here it is known which file a problem is in.
 */
public final class RuleFiles {
    private final ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    private final Map<String, Path> files = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private RuleFiles() {}

    /**
     * The rules of all files as a JSON list.
     *
     * @throws CityFailure naming every problem by file and path
     */
    public static ArrayNode read(List<Path> paths) {
        RuleFiles all = new RuleFiles();
        paths.forEach(all::add);
        if (!all.problems.isEmpty()) {
            throw new CityFailure(
                    "the rules are refused whole, nothing has been changed:" + System.lineSeparator() + "    "
                            + String.join(System.lineSeparator() + "    ", all.problems),
                    "correct them; docs/rules.md describes every kind of rule");
        }
        return all.rules;
    }

    private void add(Path file) {
        try {
            for (Rule rule : RuleCodec.readDocument(document(file))) {
                Path earlier = files.putIfAbsent(rule.id(), file);
                if (earlier != null) {
                    problems.add(file + ": rule '" + rule.id() + "' is in " + earlier + " too");
                }
                rules.add(JsonCodec.read(RuleCodec.write(rule), JsonNode.class));
            }
        } catch (InvalidRuleException e) {
            e.problems().forEach(problem -> problems.add(problem(file, problem)));
        } catch (NoSuchFileException e) {
            problems.add(file + ": there is no such file, and rules that ship with the product are named "
                    + String.join(", ", RuleCodec.SHIPPED));
        } catch (IOException e) {
            problems.add(file + ": cannot be read as text: " + Reason.of(e));
        }
    }

    /** A file, or what ships with the product under this name. */
    private static String document(Path file) throws IOException {
        boolean shipped = RuleCodec.SHIPPED.contains(file.toString()) && !Files.exists(file);
        return shipped ? RuleCodec.shipped(file.toString()) : Files.readString(file);
    }

    private static String problem(Path file, InvalidRuleException.Problem problem) {
        return problem.path().isEmpty()
                ? file + ": " + problem.reason()
                : file + ": " + problem.path() + ": " + problem.reason();
    }
}
