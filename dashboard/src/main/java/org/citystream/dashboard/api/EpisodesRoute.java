package org.citystream.dashboard.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.Episode;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/episodes}: what was open from one moment to another and how it developed, such as a queue's head
 * and tail at each of its transitions; of all subjects, or of those named by {@code subject} (may be repeated),
 * or of a {@code corridor} and its segments.
 */
final class EpisodesRoute {
    static final int MAX_EPISODES = 2_000;
    private static final Duration LONGEST = Duration.ofDays(31);

    private final CityState state;

    EpisodesRoute(CityState state) {
        this.state = state;
    }

    private record Answer(List<Document> episodes, boolean truncated) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            String episodeId,
            RuleKind kind,
            Severity severity,
            Subject subject,
            Instant startedAt,
            @Nullable Instant endedAt,
            String summary,
            List<Episode.Stage> stages) {

        static Document of(Episode episode) {
            CityEvent last = episode.last();
            return new Document(
                    last.episodeId(),
                    last.kind(),
                    last.severity(),
                    last.subject(),
                    last.startedAt(),
                    last.endedAt(),
                    last.summary(),
                    episode.stages());
        }
    }

    void handle(Context context) {
        Instant from = Parameters.instant(context, "from")
                .orElseThrow(() -> Problem.badRequest("parameter 'from' is missing"));
        Instant to =
                Parameters.instant(context, "to").orElseThrow(() -> Problem.badRequest("parameter 'to' is missing"));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.badRequest("parameter 'from' must be before 'to', by at most " + LONGEST.toDays() + " days");
        }
        Set<String> subjects = subjects(context);
        List<Document> found = state.episodes().within(from, to).stream()
                .filter(episode -> subjects.isEmpty()
                        || subjects.contains(episode.last().subject().id()))
                .limit(MAX_EPISODES + 1L)
                .map(Document::of)
                .toList();
        boolean truncated = found.size() > MAX_EPISODES;
        Answer answer = new Answer(truncated ? found.subList(0, MAX_EPISODES) : found, truncated);
        context.contentType("application/json").result(JsonCodec.write(answer));
    }

    /** Empty: all. */
    private Set<String> subjects(Context context) {
        Set<String> subjects = new HashSet<>(context.queryParams("subject"));
        Parameters.optional(context, "corridor").ifPresent(corridor -> {
            subjects.add(corridor);
            subjects.addAll(state.registry().subjectsOf(corridor, state.now()));
        });
        return subjects;
    }
}
