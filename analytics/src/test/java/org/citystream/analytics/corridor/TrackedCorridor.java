package org.citystream.analytics.corridor;

import static org.citystream.analytics.corridor.CorridorLife.CORRIDOR;
import static org.citystream.analytics.corridor.CorridorLife.SILENT;
import static org.citystream.analytics.corridor.CorridorLife.SPACING_M;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.jspecify.annotations.Nullable;

/** The queues of the default congestion rule on stations every 500 m, minute by minute, without a kernel. */
final class TrackedCorridor {
    static final Rule RULE = RuleCodec.defaultRules().stream()
            .filter(rule -> rule.id().equals("segment-congestion"))
            .findFirst()
            .orElseThrow();
    static final Condition.Congestion CONGESTION = (Condition.Congestion) RULE.condition();

    private final List<CityEvent> events = new ArrayList<>();
    private @Nullable Queues queues;
    private int minute;

    static EpisodeSubject subject(@Nullable String name) {
        return new EpisodeSubject(new Subject(SubjectType.CORRIDOR, CORRIDOR, name), "testville", null);
    }

    /** So many minutes more, with the speeds of {@code s0, s1, ...}. */
    void minutes(int count, double... speedsKmh) {
        for (int i = 0; i < count; i++) {
            queues = new QueueTracker(
                            RULE,
                            CONGESTION,
                            subject(null),
                            stations(speedsKmh),
                            CorridorLife.minute(minute),
                            CorridorLife.minute(minute + 1),
                            events)
                    .next(queues);
            minute++;
        }
    }

    private static List<Station> stations(double... speedsKmh) {
        List<Station> stations = new ArrayList<>();
        for (double speedKmh : speedsKmh) {
            int index = stations.size();
            SegmentPart part = speedKmh == SILENT ? null : Stations.part(speedKmh, 1800);
            stations.add(Stations.station(index, index * SPACING_M, true, part));
        }
        return stations;
    }

    boolean remembersNothing() {
        return queues == null;
    }

    Queues queues() {
        return Objects.requireNonNull(queues, "there is nothing to remember");
    }

    /** The queues that are open: their stations. */
    List<String> open() {
        return queues().open().stream()
                .map(queue -> String.join(" ", queue.members()))
                .toList();
    }

    List<CityEvent> events() {
        return events;
    }

    CityEvent last() {
        return events.get(events.size() - 1);
    }

    List<Transition> transitions() {
        return events.stream().map(CityEvent::transition).toList();
    }
}
