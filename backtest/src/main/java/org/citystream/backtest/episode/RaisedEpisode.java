package org.citystream.backtest.episode;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One episode as a run ended with it.
 *
 * @param severity the worst it reached
 * @param startedAt start of the run of panes that opened it
 * @param openedAt when people would have been told
 * @param endedAt absent: open at the end
 * @param warmUp told while the run had not yet learned what is usual: a job that runs longer may say otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RaisedEpisode(
        String episodeId,
        String ruleId,
        int ruleVersion,
        RuleMode mode,
        RuleKind kind,
        Subject subject,
        Severity severity,
        Instant startedAt,
        Instant openedAt,
        @Nullable Instant endedAt,
        String summary,
        boolean warmUp) {

    /** Whether people would have been told of it. */
    public boolean isAlert() {
        return mode == RuleMode.ACTIVE;
    }

    /** Whether both are the same for whoever is told, by whatever version of the rule. */
    boolean isLike(RaisedEpisode other) {
        return episodeId.equals(other.episodeId)
                && severity == other.severity
                && openedAt.equals(other.openedAt)
                && java.util.Objects.equals(endedAt, other.endedAt);
    }

    boolean overlaps(RaisedEpisode other) {
        return subject.type() == other.subject.type()
                && subject.id().equals(other.subject.id())
                && startedAt.isBefore(other.end())
                && other.startedAt.isBefore(end());
    }

    private Instant end() {
        return endedAt == null ? Instant.MAX : endedAt;
    }

    /**
     * The episodes that stood at the end of a run, by when they were told; those withdrawn are none.
     *
     * @param events of each episode in order
     * @param from what was told before is left out
     * @param to what was told after is left out
     * @param warmUntil what was told before was told in the warm-up
     */
    public static List<RaisedEpisode> of(List<CityEvent> events, Instant from, Instant to, Instant warmUntil) {
        Map<String, List<CityEvent>> told = new LinkedHashMap<>();
        for (CityEvent event : events) {
            if (event.transition() != Transition.STALE) {
                told.computeIfAbsent(event.episodeId(), id -> new ArrayList<>()).add(event);
            }
        }
        return told.values().stream()
                .filter(each -> each.get(each.size() - 1).transition() != Transition.WITHDRAWN)
                .map(each -> of(each, warmUntil))
                .filter(episode -> !episode.openedAt.isBefore(from) && !episode.openedAt.isAfter(to))
                .sorted(Comparator.comparing(RaisedEpisode::openedAt)
                        .thenComparing(RaisedEpisode::ruleId)
                        .thenComparing(episode -> episode.subject.id())
                        .thenComparing(RaisedEpisode::episodeId))
                .toList();
    }

    private static RaisedEpisode of(List<CityEvent> told, Instant warmUntil) {
        CityEvent first = told.get(0);
        CityEvent last = told.get(told.size() - 1);
        Severity worst = Severity.MINOR;
        for (CityEvent event : told) {
            worst = event.severity().compareTo(worst) > 0 ? event.severity() : worst;
        }
        return new RaisedEpisode(
                last.episodeId(),
                last.rule().id(),
                last.rule().version(),
                last.rule().mode(),
                last.kind(),
                last.subject(),
                worst,
                last.startedAt(),
                first.at(),
                last.endedAt(),
                last.summary(),
                first.at().isBefore(warmUntil));
    }
}
