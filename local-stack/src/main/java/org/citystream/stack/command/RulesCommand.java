package org.citystream.stack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city rules}. */
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Rules: list, show, apply.")
public final class RulesCommand implements Runnable {
    private static final String RULES = "/api/v1/rules";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(command().commandLine(), "say what to do: rules list, rules show or rules apply");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the newest version of every rule.")
    int list(@Mixin StackChoice choice) throws InterruptedException {
        PrintWriter out = command().commandLine().getOut();
        for (JsonNode rule : ApiAccess.to(choice).list(RULES, Integer.MAX_VALUE)) {
            out.println(line(rule));
        }
        out.flush();
        return 0;
    }

    private static String line(JsonNode rule) {
        return String.format(
                Locale.ROOT,
                "%-32s %-18s %-8s version %s, from %s",
                rule.path("id").asText(),
                rule.path("kind").asText(),
                rule.path("mode").asText("active"),
                rule.path("version").asText(),
                rule.path("effectiveFrom").asText(rule.path("effective-from").asText()));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows all versions of a rule as JSON.")
    int show(@Mixin StackChoice choice, @Parameters(paramLabel = "RULE-ID") String id)
            throws InterruptedException, JsonProcessingException {
        List<JsonNode> versions = ApiAccess.to(choice)
                .list(RULES + "?versions=all&id=" + URLEncoder.encode(id, StandardCharsets.UTF_8), Integer.MAX_VALUE);
        if (versions.isEmpty()) {
            throw new CityFailure("there is no rule '" + id + "'", "look at ./city rules list");
        }
        for (JsonNode version : versions) {
            command()
                    .commandLine()
                    .getOut()
                    .println(JsonCodec.internal()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(version));
        }
        command().commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Applies a file of rules, YAML or JSON; an invalid one is refused whole.")
    int apply(@Mixin StackChoice choice, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new CityFailure("cannot read " + file, "give a file of rules");
        }
        String type = file.toString().endsWith(".json") ? "application/json" : "application/yaml";
        JsonNode answer = ApiAccess.to(choice).put(RULES, type, Files.readString(file));
        PrintWriter out = command().commandLine().getOut();
        answer.path("items").forEach(rule -> out.println(line(rule)));
        answer.path("unchanged").forEach(id -> out.println(id.asText() + "  unchanged"));
        out.flush();
        return 0;
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}
