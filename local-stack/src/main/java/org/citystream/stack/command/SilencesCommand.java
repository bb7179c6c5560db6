package org.citystream.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citystream.stack.failure.CityFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./city silences}. */
@Command(
        name = "silences",
        mixinStandardHelpOptions = true,
        description = "Silences, such as planned road works: list, add, remove.")
public final class SilencesCommand extends CommandGroup {
    private static final String SILENCES = "/api/v1/silences";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists silences, newest first.")
    int list(@Mixin AlertingChoice choice) throws InterruptedException {
        List<JsonNode> silences = choice.client().list(SILENCES, Integer.MAX_VALUE);
        silences.forEach(silence -> say(line(silence)));
        if (silences.isEmpty()) {
            say("no silences");
        }
        return 0;
    }

    private static String line(JsonNode silence) {
        return String.format(
                Locale.ROOT,
                "%-20s %-8s %s to %s  %s  (%s: %s)",
                silence.path("id").asText(),
                silence.path("state").asText(),
                silence.path("startsAt").asText(),
                silence.path("endsAt").asText(),
                conditions(silence),
                silence.path("createdBy").asText(),
                silence.path("comment").asText());
    }

    private static String conditions(JsonNode silence) {
        List<String> conditions = new ArrayList<>();
        silence.path("matchers").forEach(matcher -> conditions.add(matcher.asText()));
        silence.path("sensors").forEach(sensor -> conditions.add("sensor " + sensor.asText()));
        silence.path("corridors").forEach(corridor -> conditions.add("corridor " + corridor.asText()));
        if (!silence.path("polygon").isEmpty()) {
            conditions.add("inside a polygon of " + silence.path("polygon").size() + " corners");
        }
        return String.join(", ", conditions);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Keeps alerts quiet that meet every given condition. Times are those of the events. What is still open",
                "when the silence is over is told then. Example:",
                "  ./city silences add --corridor ring-north --for PT8H --comment \"resurfacing\""
            })
    int add(
            @Mixin AlertingChoice choice,
            @Option(
                            names = "--matcher",
                            paramLabel = "LABEL=VALUE",
                            description = "Label with =, !=, =~ or !~ and a value; may be repeated.")
                    @Nullable List<String> matchers,
            @Option(names = "--sensor", paramLabel = "ID", description = "May be repeated.") @Nullable List<String> sensors,
            @Option(names = "--corridor", paramLabel = "ID", description = "May be repeated.") @Nullable List<String> corridors,
            @Option(
                            names = "--polygon",
                            paramLabel = "LON,LAT LON,LAT ...",
                            description = "Three or more corners, as one argument.")
                    @Nullable String polygon,
            @Option(names = "--from", paramLabel = "TIME", description = "UTC (default: now, by the city's clock).")
                    @Nullable String from,
            @Option(names = "--until", paramLabel = "TIME", description = "UTC; or give --for.") @Nullable String until,
            @Option(names = "--for", paramLabel = "DURATION", description = "Such as PT8H, from now or from --from.")
                    @Nullable Duration duration,
            @Option(names = "--by", paramLabel = "NAME", description = "Who (default: your user name).") @Nullable String by,
            @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "Why.") String comment)
            throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        addAll(body.putArray("matchers"), matchers);
        addAll(body.putArray("sensors"), sensors);
        addAll(body.putArray("corridors"), corridors);
        corners(body.putArray("polygon"), polygon);
        String startsAt = from == null ? now(choice) : from;
        body.put("startsAt", startsAt);
        body.put(
                "endsAt",
                duration == null ? until : time(startsAt).plus(duration).toString());
        body.put("createdBy", by == null ? System.getProperty("user.name") : by);
        body.put("comment", comment);
        say(line(choice.client().post(SILENCES, body)));
        return 0;
    }

    /** The city's clock, which need not be the wall clock. */
    private static String now(AlertingChoice choice) throws InterruptedException {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("labels").put("severity", "minor");
        return choice.client().post("/api/v1/routes/test", question).path("at").asText();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CityFailure("'" + text + "' is not a UTC time", "write it as 2026-11-23T08:15:30Z", e);
        }
    }

    private static void addAll(ArrayNode array, @Nullable List<String> texts) {
        if (texts != null) {
            texts.forEach(array::add);
        }
    }

    private static void corners(ArrayNode polygon, @Nullable String text) {
        if (text == null) {
            return;
        }
        for (String corner : text.strip().split("\\s+")) {
            String[] numbers = corner.split(",", -1);
            try {
                polygon.addArray().add(Double.parseDouble(numbers[0])).add(Double.parseDouble(numbers[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new CityFailure(
                        "'" + corner + "' is not a corner", "write longitude,latitude such as 10.21,56.16", e);
            }
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes a silence back; what it kept quiet and is still open is told.")
    int remove(@Mixin AlertingChoice choice, @Parameters(paramLabel = "SILENCE-ID") String id)
            throws InterruptedException {
        choice.client().delete(SILENCES + "/" + encoded(id));
        say(id + " is taken back");
        return 0;
    }
}
