package org.citystream.gateway;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which sessions there have been at the broker, also before this process: one that is new again is lost, and with it what
 * was published meanwhile. Connections may come before it is known what there has been; then they are judged afterwards.
 * Thread-safe.
 */
final class Sessions {
    private final Consumer<String> lost;
    private final Set<String> had = new TreeSet<>();
    private final Set<String> unjudged = new TreeSet<>();
    private final Set<String> toRemember = new TreeSet<>();

    /**
     * @param lost hears the client id of each session that is lost
     */
    Sessions(Consumer<String> lost) {
        this.lost = lost;
    }

    /**
     * A connection was made.
     *
     * @param present whether the broker still had the session
     */
    synchronized void connected(String clientId, boolean present) {
        boolean isFirst = had.add(clientId);
        if (isFirst) {
            toRemember.add(clientId);
        }
        if (isFirst && !present) {
            unjudged.add(clientId);
        } else if (!present) {
            lost.accept(clientId);
        }
    }

    /** Now it is known which there had been before this process. */
    synchronized void recall(Set<String> earlier) {
        had.addAll(earlier);
        toRemember.removeAll(earlier);
        unjudged.stream().filter(earlier::contains).forEach(lost);
        unjudged.clear();
    }

    /** Sessions that the next process must know of, once each. */
    synchronized Set<String> takeNew() {
        Set<String> taken = Set.copyOf(toRemember);
        toRemember.clear();
        return taken;
    }
}
