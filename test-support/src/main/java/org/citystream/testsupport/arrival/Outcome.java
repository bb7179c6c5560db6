package org.citystream.testsupport.arrival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.wire.JsonCodec;

/**
 * All that two runs over the same accepted readings must agree on, byte for byte: the latest revision of every summary of
 * a closed pane, and the last state of every episode. Left out is what tells how it was told: {@code revision},
 * {@code eventId}, {@code replaces}, {@code replacedBy}, and the transitions that late data and silence bring about.
 */
public final class Outcome {
    private static final Pattern REVISION = Pattern.compile("\"revision\":[0-9]+,");
    private static final int DIFFERENCES_SHOWN = 6;

    private final TreeMap<String, String> summaries = new TreeMap<>();
    private final TreeMap<String, CityEvent> episodes = new TreeMap<>();

    /** Takes in the next revision of a summary; one that is not final does not count. */
    public void summary(String subjectId, byte[] json) {
        JsonNode summary = JsonCodec.read(json, JsonNode.class);
        if (summary.path("final").asBoolean()) {
            Instant start = Instant.parse(summary.path("windowStart").asText());
            Instant end = Instant.parse(summary.path("windowEnd").asText());
            settled(subjectId, start, end, json);
        }
    }

    /** The latest summary of a closed pane. */
    public void settled(String subjectId, Instant windowStart, Instant windowEnd, byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        summaries.put(
                subjectId + " " + windowStart + " " + windowEnd,
                REVISION.matcher(text).replaceFirst(""));
    }

    /** Takes in the next event of a subject. */
    public void event(CityEvent event) {
        switch (event.transition()) {
            case WITHDRAWN -> episodes.remove(key(event));
            case STALE -> {}
            case UPDATED -> {
                if (!event.reason().equals("data-resumed")) {
                    episodes.put(key(event), event);
                }
            }
            default -> episodes.put(key(event), event);
        }
    }

    private static String key(CityEvent event) {
        return event.subject().id() + " " + event.startedAt() + " " + event.episodeId();
    }

    public int summaries() {
        return summaries.size();
    }

    public int episodes() {
        return episodes.size();
    }

    /** Episodes of one kind on one type of subject. */
    public int episodes(SubjectType subject, RuleKind kind) {
        return (int) episodes.values().stream()
                .filter(event -> event.subject().type() == subject && event.kind() == kind)
                .count();
    }

    /** What concerns some of the subjects only. */
    public Outcome only(Predicate<String> subjectIds) {
        Outcome some = new Outcome();
        summaries.forEach((key, json) -> {
            if (subjectIds.test(subject(key))) {
                some.summaries.put(key, json);
            }
        });
        episodes.forEach((key, event) -> {
            if (subjectIds.test(subject(key))) {
                some.episodes.put(key, event);
            }
        });
        return some;
    }

    private static String subject(String key) {
        return key.substring(0, key.indexOf(' '));
    }

    /** What differs from another outcome, the first few of it, for people; empty if nothing does. */
    public String difference(Outcome other) {
        List<String> differences = new ArrayList<>();
        Map<String, String> mine = lines();
        Map<String, String> theirs = other.lines();
        TreeSet<String> keys = new TreeSet<>(mine.keySet());
        keys.addAll(theirs.keySet());
        for (String key : keys) {
            if (!Objects.equals(mine.get(key), theirs.get(key))) {
                differences.add(key + "\n  here:  " + mine.get(key) + "\n  there: " + theirs.get(key));
            }
        }
        return differences.isEmpty()
                ? ""
                : differences.size() + " differences\n"
                        + String.join("\n", differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size())));
    }

    private Map<String, String> lines() {
        TreeMap<String, String> lines = new TreeMap<>(summaries);
        episodes.forEach(
                (key, event) -> lines.put(key, new String(JsonCodec.write(bare(event)), StandardCharsets.UTF_8)));
        return lines;
    }

    private static CityEvent bare(CityEvent e) {
        return new CityEvent(
                "",
                e.episodeId(),
                0,
                e.kind(),
                e.endedAt() == null ? Transition.OPENED : Transition.CLOSED,
                e.severity(),
                e.cityId(),
                e.subject(),
                e.startedAt(),
                e.at(),
                e.endedAt(),
                null,
                null,
                e.reason(),
                e.rule(),
                e.labels(),
                e.summary(),
                e.location(),
                said(e.evidence()));
    }

    /** Evidence apart from where it was read from, and how late. */
    private static JsonNode said(JsonNode evidence) {
        return evidence instanceof ObjectNode object
                ? object.deepCopy().without(List.of("source", "lateCount"))
                : evidence;
    }
}
