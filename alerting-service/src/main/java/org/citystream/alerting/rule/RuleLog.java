package org.citystream.alerting.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.citystream.model.reading.ClockState;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.PrintableText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules and the way to change them. The topic is the truth: it is read whole for every change, and for who only asks at
 * most once a second, however many ask. Thread-safe.
 */
public final class RuleLog {
    private static final Logger LOG = LoggerFactory.getLogger(RuleLog.class);
    private static final int LONGEST_REASON = 300;
    private static final Duration LATELY = Duration.ofSeconds(1);

    private final RuleTopic topic;
    private final DeploymentClock clock;
    private final Exclusion exclusion;
    private @Nullable RuleBook lastRead;
    private long lastReadNanos;

    /** Keeps other instances from writing at the same time. */
    @FunctionalInterface
    public interface Exclusion {
        <T> T exclusively(Supplier<T> work);
    }

    /** Whether a change is to be made, or only told what it would come to. */
    public enum Writing {
        WRITTEN,
        TOLD_ONLY
    }

    public RuleLog(RuleTopic topic, DeploymentClock clock, Exclusion exclusion) {
        this.topic = topic;
        this.clock = clock;
        this.exclusion = exclusion;
    }

    /**
     * Publishes the default rules if there are none at all.
     *
     * @throws RuleLogException if the topic cannot be read or written
     */
    public void publishDefaultsIfEmpty() {
        if (!read().isEmpty()) {
            // As ever but once: nobody has to be kept from writing.
            return;
        }
        exclusion.exclusively(() -> {
            if (read().isEmpty()) {
                try (RuleTopic.Change change = topic.begin()) {
                    change.append(RuleCodec.defaultRules());
                }
                LOG.info("published the default rules");
            }
            return true;
        });
    }

    /**
     * Latest versions by id, or every version.
     *
     * @param id only this rule
     * @throws RuleLogException if the topic cannot be read
     */
    public List<Rule> list(@Nullable String id, boolean everyVersion) {
        RuleBook book = lately();
        List<Rule> rules = everyVersion ? book.all() : book.latest();
        return rules.stream().filter(rule -> id == null || rule.id().equals(id)).toList();
    }

    /**
     * Applies a document in YAML or JSON, whole or not at all.
     *
     * @throws InvalidRuleException with every problem
     * @throws RuleLogException if the topic or the clock cannot be read, or the topic not be written
     */
    public RuleRevision apply(String document, Writing writing) throws InvalidRuleException {
        List<Rule> rules = RuleCodec.readDocument(document);
        return change(writing, (book, clock) -> book.revise(rules, clock));
    }

    /**
     * Makes a rule again what an earlier version says, as a new version.
     *
     * @param version to go back to; null: the one before the latest
     * @throws UnknownVersionException if there is no such rule or version
     * @throws RuleLogException if the topic or the clock cannot be read, or the topic not be written
     */
    public RuleRevision rollback(String id, @Nullable Integer version, Writing writing) {
        return change(writing, (book, clock) -> book.rollback(id, version, clock));
    }

    private RuleRevision change(Writing writing, Decision decision) {
        return exclusion.exclusively(
                () -> writing == Writing.TOLD_ONLY ? decision.on(read(), clock.read()) : written(decision));
    }

    /** What a change comes to, given all versions and the clock. */
    @FunctionalInterface
    private interface Decision {
        RuleRevision on(RuleBook book, Optional<ClockState> clock);
    }

    private RuleRevision written(Decision decision) {
        try (RuleTopic.Change change = topic.begin()) {
            RuleRevision revision = decision.on(read(), clock.read());
            List<Rule> added = revision.added();
            if (!added.isEmpty()) {
                change.append(added);
                forget();
                added.forEach(rule -> LOG.info("rule {} holds from {}", rule.key(), rule.effectiveFrom()));
            }
            return revision;
        }
    }

    private synchronized RuleBook lately() {
        RuleBook book = lastRead;
        if (book == null || System.nanoTime() - lastReadNanos > LATELY.toNanos()) {
            book = read();
            lastRead = book;
            lastReadNanos = System.nanoTime();
        }
        return book;
    }

    private synchronized void forget() {
        lastRead = null;
    }

    private RuleBook read() {
        RuleBook book = new RuleBook();
        topic.read(value -> {
            try {
                book.put(RuleCodec.read(value));
            } catch (InvalidRuleException e) {
                LOG.warn(
                        "a record among the rules is none: {}",
                        PrintableText.of(String.valueOf(e.getMessage()), LONGEST_REASON));
            }
        });
        return book;
    }
}
