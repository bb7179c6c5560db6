package org.citystream.analytics.pane;

import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.event.SubjectType;
import org.citystream.model.rule.RuleKind;
import org.citystream.testsupport.arrival.Outcome;

/** How much was compared over all cases: equality of nothing with nothing says nothing. */
public final class Compared {
    private final Map<String, Long> episodes = new TreeMap<>();
    private long cases;
    private long summaries;

    public void add(Outcome outcome) {
        cases++;
        summaries += outcome.summaries();
        for (SubjectType subject : SubjectType.values()) {
            for (RuleKind kind : RuleKind.values()) {
                int found = outcome.episodes(subject, kind);
                if (found > 0) {
                    episodes.merge(key(subject, kind), (long) found, Long::sum);
                }
            }
        }
    }

    private static String key(SubjectType subject, RuleKind kind) {
        return kind.wireName() + " of a " + subject.wireName();
    }

    public long cases() {
        return cases;
    }

    public long episodes(SubjectType subject, RuleKind kind) {
        return episodes.getOrDefault(key(subject, kind), 0L);
    }

    @SuppressWarnings("SystemOut")
    public void print(String what) {
        System.out.println(what + ": " + cases + " cases, equal in " + summaries + " summaries and " + episodes);
    }
}
