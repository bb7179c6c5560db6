package org.citystream.analytics.episode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What one pane says about one rule.
 *
 * @param standing whether the pane counts towards entering, leaving, neither, or says nothing
 * @param severity how bad this pane alone is, at least the rule's lowest
 * @param enterFor how long a run of {@link Standing#ENTER} must last to open an episode
 * @param exitFor how long a run of {@link Standing#EXIT} must last to close it
 * @param readings counted in this pane
 * @param readingsNeeded how many readings a run of {@link Standing#ENTER} must rest on: one that covers the whole dwell
 *     is not always enough
 * @param telling words and evidence, asked for only when something happens
 * @param since start of what this is about where that is more than the pane, such as a day that ends with it; absent:
 *     the pane's start
 */
public record Verdict(
        Standing standing,
        Severity severity,
        Duration enterFor,
        Duration exitFor,
        int readings,
        int readingsNeeded,
        @Nullable Telling telling,
        @Nullable Instant since) {

    /** A verdict on which the number of readings has no bearing. */
    public Verdict(
            Standing standing, Severity severity, Duration enterFor, Duration exitFor, @Nullable Telling telling) {
        this(standing, severity, enterFor, exitFor, 0, 0, telling, null);
    }

    /** The same about a longer time that ends with the pane. */
    public Verdict since(Instant start) {
        return new Verdict(standing, severity, enterFor, exitFor, readings, readingsNeeded, telling, start);
    }

    /** Start of what this is about. */
    public Instant startOr(Instant paneStart) {
        return since == null ? paneStart : since;
    }

    /** Which side of the hysteresis a pane is on. */
    public enum Standing {
        ENTER,
        BETWEEN,
        EXIT,
        UNDECIDED
    }

    /** Words for people and evidence for those who doubt them. */
    public interface Telling {

        String summary();

        /**
         * @param from start of the run that decided
         * @param to end of the deciding pane
         */
        JsonNode evidence(Instant from, Instant to);
    }

    /** Nothing is known of this pane. */
    public static Verdict undecided(Severity lowest) {
        return new Verdict(Standing.UNDECIDED, lowest, Duration.ZERO, Duration.ZERO, null);
    }
}
