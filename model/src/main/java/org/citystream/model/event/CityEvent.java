package org.citystream.model.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One revision of an episode, whole, as on {@code city.events.v1}. Consumers take the last record of an episode in
 * partition order.
 *
 * @param eventId hash of episode, revision and content
 * @param episodeId hash of rule id, subject and {@code startedAt}
 * @param revision 1, 2, ... per episode
 * @param startedAt start of the first pane of the qualifying run
 * @param at event time of this transition
 * @param endedAt start of the exit run; absent while open
 * @param replaces episode that this one stands in for, after late data moved its start
 * @param replacedBy the other direction of {@code replaces}
 * @param reason why, as a code such as {@code dwell-completed}
 * @param labels the rule's labels
 * @param summary one sentence for people
 * @param evidence what the decision rests on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CityEvent(
        String eventId,
        String episodeId,
        int revision,
        RuleKind kind,
        Transition transition,
        Severity severity,
        String cityId,
        Subject subject,
        Instant startedAt,
        Instant at,
        @Nullable Instant endedAt,
        @Nullable String replaces,
        @Nullable String replacedBy,
        String reason,
        RuleReference rule,
        @Nullable Map<String, String> labels,
        String summary,
        @Nullable GeoPoint location,
        JsonNode evidence) {}
