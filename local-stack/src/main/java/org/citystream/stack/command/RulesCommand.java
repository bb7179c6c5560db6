package org.citystream.stack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.report.RuleReport;
import org.citystream.stack.rule.RuleFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city rules}. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Rules: apply, list, show, rollback, diff.",
        subcommands = RulesDiffCommand.class)
public final class RulesCommand implements Runnable {
    private static final String RULES = "/api/v1/rules";
    private static final String DRY_RUN = "?dryRun=true";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                command().commandLine(),
                "say what to do: rules apply, rules list, rules show, rules rollback or rules diff");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the newest version of every rule.")
    int list(@Mixin StackChoice choice) throws InterruptedException {
        print(ApiAccess.to(choice).list(RULES, Integer.MAX_VALUE).stream()
                .map(RuleReport::line)
                .toList());
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a rule as JSON: every version, oldest first, or the one that is named.")
    int show(@Mixin StackChoice choice, @Parameters(paramLabel = "ID[@VERSION]") String rule)
            throws InterruptedException, JsonProcessingException {
        String[] parts = rule.split("@", 2);
        List<JsonNode> versions =
                ApiAccess.to(choice).list(RULES + "?versions=all&id=" + encoded(parts[0]), Integer.MAX_VALUE);
        if (versions.isEmpty()) {
            throw new CityFailure("there is no rule '" + parts[0] + "'", "look at ./city rules list");
        }
        List<JsonNode> wanted = versions.stream()
                .filter(version ->
                        parts.length == 1 || version.path("version").asText().equals(parts[1]))
                .toList();
        if (wanted.isEmpty()) {
            throw new CityFailure(
                    "rule '" + parts[0] + "' has no version '" + parts[1] + "'",
                    "look at all of them: ./city rules show " + parts[0]);
        }
        for (JsonNode version : wanted) {
            print(List.of(JsonCodec.internal().writerWithDefaultPrettyPrinter().writeValueAsString(version)));
        }
        return 0;
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = {
                "Applies files of rules, YAML or JSON, and shows what changed.",
                "They replace the rules with the same ids and leave the others. If any is invalid, nothing is changed.",
                "Instead of a file: eu-2008-50, eu-2024-2881 or who-2021, limits that ship with the product, or trial, "
                        + "kinds of rules to be tried out in shadow."
            })
    int apply(
            @Mixin StackChoice choice,
            @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files,
            @Option(names = "--dry-run", description = "Only show what would change.") boolean dryRun)
            throws InterruptedException {
        byte[] document = JsonCodec.write(RuleFiles.read(files));
        JsonNode answer = ApiAccess.to(choice)
                .put(path("", dryRun), "application/json", new String(document, StandardCharsets.UTF_8));
        tell(answer, dryRun);
        return 0;
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Makes a rule again what an earlier version says, as a new version.")
    int rollback(
            @Mixin StackChoice choice,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "VERSION", arity = "0..1", description = "Default: the one before the latest.")
                    @Nullable Integer version,
            @Option(names = "--dry-run", description = "Only show what would change.") boolean dryRun)
            throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", version);
        tell(ApiAccess.to(choice).post(path("/" + encoded(id) + "/rollback", dryRun), body), dryRun);
        return 0;
    }

    private void tell(JsonNode answer, boolean dryRun) {
        print(RuleReport.lines(answer));
        if (dryRun) {
            print(List.of("dry run: nothing has been changed"));
        }
    }

    private static String path(String rest, boolean dryRun) {
        return RULES + rest + (dryRun ? DRY_RUN : "");
    }

    private static String encoded(String text) {
        // In a path a plus is a plus.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void print(List<String> lines) {
        PrintWriter out = command().commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}
