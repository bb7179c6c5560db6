package org.citystream.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.backtest.reproduce.Reproduction;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.FieldChange;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.config.UsageCheck;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city reproduce}. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = {
            "Decides an event again: the job's topology over exactly the readings that its evidence names, from the state",
            "that it started from. Prints the event, or in which fields it comes out otherwise (exit code 1)."
        },
        footer = {"", "Example: ./city reproduce 3f0a...  (evidence.source.reproduce of an event has the whole command)"
        })
final class ReproduceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVENT_ID", description = "The eventId of a record of city.events.v1.")
    private String eventId = "";

    @Option(names = "--json", description = "One JSON object: same, differences, event, reproduced.")
    private boolean json;

    @Mixin
    private UsageCheck check = new UsageCheck();

    @Mixin
    private KafkaSettings kafka = new KafkaSettings();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (check.isWanted()) {
            return 0;
        }
        History history = new History(kafka);
        WrittenEvent written = history.event(eventId)
                .orElseThrow(() -> new BacktestFailure(
                        "no event has the id '" + eventId + "'",
                        "take eventId from city.events.v1 or from evidence.source.reproduce of an alert"));
        Reproduction reproduction = Reproduction.of(written, history);
        PrintWriter out = Output.of(spec).out();
        if (json) {
            out.println(new String(
                    JsonCodec.write(json(written.event(), reproduction)), java.nio.charset.StandardCharsets.UTF_8));
        } else {
            tell(out, reproduction);
        }
        out.flush();
        return reproduction.isSame() ? 0 : 1;
    }

    private static void tell(PrintWriter out, Reproduction reproduction) throws IOException {
        CityEvent reproduced = reproduction.reproduced();
        if (reproduced != null) {
            out.println(JsonCodec.internal().writerWithDefaultPrettyPrinter().writeValueAsString(reproduced));
        }
        out.printf(
                "%s: from %d readings%s%n",
                reproduction.isSame() ? "the same event" : "another event",
                reproduction.readings(),
                reproduction.note());
        for (FieldChange change : reproduction.differences()) {
            out.printf("  %s: told %s, reproduced %s%n", change.path(), text(change.before()), text(change.after()));
        }
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }

    private static ObjectNode json(CityEvent told, Reproduction reproduction) {
        ObjectNode json = JsonCodec.internal().createObjectNode();
        json.put("eventId", told.eventId());
        json.put("same", reproduction.isSame());
        json.put("readings", reproduction.readings());
        ArrayNode differences = json.putArray("differences");
        List<FieldChange> changes = reproduction.differences();
        for (FieldChange change : changes) {
            ObjectNode difference = differences.addObject().put("field", change.path());
            difference.set("told", change.before().isMissingNode() ? null : change.before());
            difference.set("reproduced", change.after().isMissingNode() ? null : change.after());
        }
        json.set("event", JsonCodec.internal().valueToTree(told));
        json.set("reproduced", JsonCodec.internal().valueToTree(reproduction.reproduced()));
        return json;
    }
}
