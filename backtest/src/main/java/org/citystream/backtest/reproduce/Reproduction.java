package org.citystream.backtest.reproduce;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.FieldChange;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * An event decided again.
 *
 * @param reproduced what comes closest to it; absent: nothing was said of its episode
 * @param differences fields in which it comes out otherwise
 * @param readings that it was decided from
 * @param note for people
 */
public record Reproduction(@Nullable CityEvent reproduced, List<FieldChange> differences, int readings, String note) {
    /** How an event was told, not what it says. */
    private static final List<String> CIRCUMSTANCE = List.of("eventId", "revision", "replaces", "replacedBy");

    private static final List<String> EVIDENCE_CIRCUMSTANCE = List.of("source", "lateCount");
    private static final String LATE_DATA = "late-data";
    private static final String NOT_RAISED = ": they do not raise the episode that was withdrawn";

    public boolean isSame() {
        return differences.isEmpty();
    }

    /** Decides an event again from what Kafka has kept. */
    public static Reproduction of(WrittenEvent written, History history) throws Exception {
        CityEvent told = written.event();
        List<Rule> rules = history.rules();
        Slice slice = switch (told.subject().type()) {
            case CORRIDOR -> GroupSlice.of(written, GroupKind.CORRIDOR, history);
            case DISTRICT -> GroupSlice.of(written, GroupKind.DISTRICT, history);
            default -> ReadingsSlice.of(told, history);
        };
        List<CityEvent> events = slice.decide(history.sensors(), rules).stream()
                .filter(event -> event.subject().equals(told.subject())
                        && event.rule().id().equals(told.rule().id()))
                .toList();
        return told.transition() == Transition.WITHDRAWN
                ? withdrawn(told, events, slice)
                : compared(told, events, slice);
    }

    /** Taken back because the readings that came do not bear it out: deciding again must not raise it. */
    private static Reproduction withdrawn(CityEvent told, List<CityEvent> events, Slice slice) {
        CityEvent raised = events.stream()
                .filter(event -> event.episodeId().equals(told.episodeId()))
                .reduce((first, later) -> later)
                .orElse(null);
        boolean byLateData = told.reason().equals(LATE_DATA);
        if (raised == null) {
            return byLateData ? new Reproduction(told, List.of(), slice.size(), NOT_RAISED) : nothing(told, slice);
        }
        List<FieldChange> differences = FieldChange.between(content(told), content(raised));
        return new Reproduction(raised, differences, slice.size(), "");
    }

    private static Reproduction nothing(CityEvent told, Slice slice) {
        List<FieldChange> all = List.of(new FieldChange(
                "episodeId",
                JsonCodec.internal().getNodeFactory().textNode(told.episodeId()),
                MissingNode.getInstance()));
        return new Reproduction(null, all, slice.size(), ": they say nothing of this rule here");
    }

    private static Reproduction compared(CityEvent told, List<CityEvent> events, Slice slice) {
        List<CityEvent> same = events.stream()
                .filter(event -> event.episodeId().equals(told.episodeId()))
                .toList();
        CityEvent closest = (same.isEmpty() ? events : same)
                .stream()
                        .min(Comparator.comparingInt(
                                event -> differences(told, event).size()))
                        .orElse(null);
        if (closest == null) {
            return nothing(told, slice);
        }
        List<FieldChange> differences = differences(told, closest);
        boolean amended = told.transition() == Transition.AMENDED;
        return new Reproduction(
                closest,
                differences,
                slice.size(),
                amended ? "; it was told as amended, because late readings had changed it" : "");
    }

    private static List<FieldChange> differences(CityEvent told, CityEvent event) {
        ObjectNode before = content(told);
        ObjectNode after = content(event);
        if (told.transition() == Transition.AMENDED) {
            before.remove("transition");
            after.remove("transition");
        }
        return FieldChange.between(before, after);
    }

    private static ObjectNode content(CityEvent event) {
        ObjectNode json = JsonCodec.read(JsonCodec.write(event), ObjectNode.class);
        json.remove(CIRCUMSTANCE);
        if (json.get("evidence") instanceof ObjectNode evidence) {
            evidence.remove(EVIDENCE_CIRCUMSTANCE);
        }
        return json;
    }
}
