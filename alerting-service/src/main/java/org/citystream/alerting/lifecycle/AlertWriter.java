package org.citystream.alerting.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.HistoryEntry;
import org.citystream.alerting.notify.Notifier;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only one that changes alerts. Alert, history, outbox and offsets go into one transaction. Thread-safe. */
public final class AlertWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);
    private static final int SETTLE_LIMIT = 100;

    private final AlertStore store;
    private final Notifier notifier;
    private final AlertListener listener;
    private final Consumer<String> reasons;
    private final InstantSource clock;
    private final Lifecycle lifecycle;

    /**
     * @param settlingTime how long a record that contradicts what is told may be a repetition
     * @param reasons is given the reason of each step, for metrics
     * @param clock wall clock
     */
    public AlertWriter(
            AlertStore store,
            Notifier notifier,
            AlertListener listener,
            Consumer<String> reasons,
            InstantSource clock,
            Duration settlingTime) {
        this.store = store;
        this.notifier = notifier;
        this.listener = listener;
        this.reasons = reasons;
        this.clock = clock;
        this.lifecycle = new Lifecycle(settlingTime);
    }

    /**
     * Records the events and their offsets, those of several partitions together: a commit waits for the disk.
     *
     * @return the batches that were recorded; of the others nothing was, as their partitions belong to another instance by
     *     now
     */
    public List<PartitionBatch> receive(List<PartitionBatch> batches) {
        record Received(List<PartitionBatch> ours, List<Step> steps) {}
        Received received = store.inTransaction(transaction -> {
            List<PartitionBatch> ours = transaction.moveOffsets(batches);
            List<CityEvent> events =
                    ours.stream().flatMap(batch -> batch.events().stream()).toList();
            return new Received(ours, merge(transaction, events));
        });
        tell(received.steps());
        return received.ours();
    }

    private List<Step> merge(AlertTransaction transaction, List<CityEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        transaction.expect(episodes(events));
        List<Step> steps = new ArrayList<>();
        for (CityEvent event : events) {
            Step step = lifecycle.receive(known(transaction, event), event, clock.instant());
            if (step.alert() != null) {
                apply(transaction, step, step.alert(), event.reason(), null);
                transaction.attach(event.episodeId(), step.alert().alertId());
            }
            steps.add(step);
        }
        return steps;
    }

    private static Set<String> episodes(List<CityEvent> events) {
        return events.stream()
                .flatMap(event -> Stream.of(event.episodeId(), event.replaces(), event.replacedBy()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Tells what pending records amount to, if their time has come. */
    public void settleDue() {
        write(transaction -> {
            Instant now = clock.instant();
            List<Step> steps = new ArrayList<>();
            for (Alert alert : transaction.dueToSettle(now, SETTLE_LIMIT)) {
                Step step = lifecycle.settle(alert, now);
                if (step.alert() != null) {
                    apply(
                            transaction,
                            step,
                            step.alert(),
                            step.alert().current().reason(),
                            null);
                }
                steps.add(step);
            }
            return Optional.of(steps);
        });
    }

    /** Acknowledges an alert; a second acknowledgement changes nothing. False if there is no such alert. */
    public boolean acknowledge(String alertId, String by, @Nullable String comment) {
        Acknowledgement acknowledgement = new Acknowledgement(by, clock.instant(), comment);
        return write(transaction -> transaction.byId(alertId).map(alert -> {
            Step step = lifecycle.acknowledge(alert, acknowledgement);
            if (step.alert() != null) {
                apply(transaction, step, step.alert(), null, acknowledgement);
            }
            return List.of(step);
        }));
    }

    /** Adds a comment to an alert's history. False if there is no such alert. */
    public boolean comment(String alertId, String by, String text) {
        return store.inTransaction(transaction -> {
            Optional<Alert> found = transaction.byId(alertId);
            found.ifPresent(alert -> transaction.record(alertId, act(alert, HistoryEntry.COMMENT, by, text)));
            return found.isPresent();
        });
    }

    /** Makes somebody responsible, or nobody; not told to endpoints. False if there is no such alert. */
    public boolean assign(String alertId, String by, @Nullable String to) {
        return store.inTransaction(transaction -> {
            Optional<Alert> found = transaction.byId(alertId);
            found.filter(alert -> !Objects.equals(alert.assignedTo(), to)).ifPresent(alert -> {
                transaction.save(alert.assigned(to), clock.instant());
                transaction.record(alertId, act(alert, HistoryEntry.ASSIGNED, by, to));
            });
            return found.isPresent();
        });
    }

    /** What a person does to an alert without changing its state. */
    private HistoryEntry act(Alert alert, String type, String by, @Nullable String text) {
        Instant now = clock.instant();
        return new HistoryEntry(
                null, type, alert.state(), alert.state(), alert.current().severity(), false, now, now, by, text, null);
    }

    private boolean write(Function<AlertTransaction, Optional<List<Step>>> work) {
        Optional<List<Step>> steps = store.inTransaction(work);
        tell(steps.orElse(List.of()));
        return steps.isPresent();
    }

    /** It is committed by now: whoever fails to take it in must not have it taken for refused. */
    private void tell(List<Step> steps) {
        for (Step step : steps) {
            try {
                reasons.accept(step.reason().name());
                if (step.alert() != null && step.change() != null) {
                    listener.changed(step.alert(), step.change());
                }
            } catch (RuntimeException e) {
                LOG.warn("a change was recorded, and not all have heard of it: {}", e.toString());
            }
        }
    }

    private static Known known(AlertTransaction transaction, CityEvent event) {
        return new Known(
                transaction.byEpisode(event.episodeId()).orElse(null),
                ofEpisode(transaction, event.replaces()),
                ofEpisode(transaction, event.replacedBy()));
    }

    private static @Nullable Alert ofEpisode(AlertTransaction transaction, @Nullable String episodeId) {
        return episodeId == null ? null : transaction.byEpisode(episodeId).orElse(null);
    }

    private void apply(
            AlertTransaction transaction,
            Step step,
            Alert alert,
            @Nullable String reason,
            @Nullable Acknowledgement acknowledgement) {
        Instant now = clock.instant();
        transaction.save(alert, now);
        AlertChange change = step.change();
        if (change == null) {
            return;
        }
        transaction.record(alert.alertId(), entry(alert, change, reason, acknowledgement, now));
        if (change.told()) {
            notifier.changed(transaction.notifications(), alert, change, now);
        }
    }

    private static HistoryEntry entry(
            Alert alert,
            AlertChange change,
            @Nullable String reason,
            @Nullable Acknowledgement acknowledgement,
            Instant now) {
        return new HistoryEntry(
                change.sequence(),
                change.type().wireName(),
                alert.state(),
                change.previous() == null ? null : AlertState.of(change.previous()),
                alert.current().severity(),
                change.told(),
                change.at(),
                now,
                acknowledgement == null ? null : acknowledgement.by(),
                acknowledgement == null ? null : acknowledgement.comment(),
                reason);
    }
}
