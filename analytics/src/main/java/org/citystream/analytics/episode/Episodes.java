package org.citystream.analytics.episode;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Rule;

/** Where all rules stand at one subject. Immutable; part of a fold's state. */
public final class Episodes {
    /** Before anything was observed. */
    public static final Episodes NONE = new Episodes(new TreeMap<>());

    private final TreeMap<String, RuleState> byRule;

    private Episodes(TreeMap<String, RuleState> byRule) {
        this.byRule = byRule;
    }

    /**
     * @param episodes where the rules stand after the pane
     * @param events what the pane brought about, by rule id; revision 0, without event id
     */
    public record Next(Episodes episodes, List<CityEvent> events) {}

    /**
     * Takes one pane in.
     *
     * @param rules those that decide about this pane; episodes of all others end here
     * @param judge what the pane says about a rule
     */
    public Next next(
            EpisodeSubject subject,
            List<Rule> rules,
            Instant paneStart,
            Instant paneEnd,
            Function<Rule, Verdict> judge) {
        TreeMap<String, RuleState> next = new TreeMap<>();
        List<CityEvent> events = new ArrayList<>();
        for (Rule rule : rules) {
            EpisodeTracker tracker = new EpisodeTracker(rule, subject, paneStart, paneEnd, events);
            RuleState state = tracker.next(byRule.get(rule.id()), judge.apply(rule));
            if (state != null) {
                next.put(rule.id(), state);
            }
        }
        for (Map.Entry<String, RuleState> entry : byRule.entrySet()) {
            CityEvent open = entry.getValue().open();
            if (open != null && rules.stream().noneMatch(rule -> rule.id().equals(entry.getKey()))) {
                events.add(EpisodeEvents.ended(open, paneStart, EpisodeEvents.RULE_OFF));
            }
        }
        return new Next(next.isEmpty() ? NONE : new Episodes(next), events);
    }

    /**
     * Takes in a stretch of time in which nothing was observed: only what becomes of the rules and of the subject changes
     * anything.
     *
     * @param from start of its first pane
     * @param to end of its last
     * @param rulesAt those that decide about a pane that starts then; empty: the subject is retired by then
     */
    public Next silence(
            EpisodeSubject subject,
            Instant from,
            Instant to,
            Duration pane,
            Function<Instant, Optional<List<Rule>>> rulesAt) {
        Episodes episodes = this;
        List<CityEvent> events = new ArrayList<>();
        for (Instant start = from; start.isBefore(to) && episodes.isAnyOpen(); start = start.plus(pane)) {
            Optional<List<Rule>> rules = rulesAt.apply(start);
            Next next = rules.isEmpty()
                    ? episodes.retired(start)
                    : episodes.next(
                            subject,
                            rules.get(),
                            start,
                            start.plus(pane),
                            rule -> Verdict.undecided(rule.severity().get(0).severity()));
            events.addAll(next.events());
            episodes = next.episodes();
        }
        return new Next(episodes, events);
    }

    /** Nothing decides about a subject that has no sensor any more: what is open ends. */
    public Next retired(Instant at) {
        return new Next(
                NONE,
                open().stream()
                        .map(open -> EpisodeEvents.ended(open, at, EpisodeEvents.SUBJECT_RETIRED))
                        .toList());
    }

    private boolean isAnyOpen() {
        return byRule.values().stream().anyMatch(state -> state.open() != null);
    }

    /** The open episodes, by rule id: each one's last event. */
    public List<CityEvent> open() {
        List<CityEvent> open = new ArrayList<>();
        for (RuleState state : byRule.values()) {
            if (state.open() != null) {
                open.add(state.open());
            }
        }
        return open;
    }

    public void write(DataOutput out) throws IOException {
        VarInt.write(out, byRule.size());
        for (Map.Entry<String, RuleState> entry : byRule.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    public static Episodes read(DataInput in) throws IOException {
        int size = (int) VarInt.read(in);
        if (size == 0) {
            return NONE;
        }
        TreeMap<String, RuleState> byRule = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            byRule.put(in.readUTF(), RuleState.read(in));
        }
        return new Episodes(byRule);
    }
}
