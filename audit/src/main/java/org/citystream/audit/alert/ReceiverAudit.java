package org.citystream.audit.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citystream.audit.alert.ReceivedDelivery.Place;
import org.citystream.audit.message.Period;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Verdict;
import org.jspecify.annotations.Nullable;

/** A receiver's log held against what the alerting service says it has sent there. */
final class ReceiverAudit {
    /** A message may be sent again for so long, and is forgotten by the time of its change. */
    private static final Duration RETRIES = Duration.ofDays(5);

    private final Map<String, SentDelivery> sent;
    private final List<ReceivedDelivery> taken;
    private final List<ReceivedDelivery> refused;
    private final Set<String> everSent;
    private final @Nullable String endpoint;
    private final Period judged;
    /** Contents of each message that was taken. */
    private final Map<String, Set<String>> contents = new HashMap<>();

    private long repeated;

    /**
     * @param received in the order of the log, which was read after {@code sent}
     * @param everSent ids of all messages, read after the log
     * @param endpoint the webhook whose receiver wrote the log; null: that of all
     */
    ReceiverAudit(
            Collection<SentDelivery> sent,
            Collection<ReceivedDelivery> received,
            Set<String> everSent,
            @Nullable String endpoint,
            Period judged) {
        this.sent = sent.stream()
                .filter(delivery -> endpoint == null || delivery.endpointId().equals(endpoint))
                .collect(Collectors.toMap(SentDelivery::webhookId, Function.identity(), (first, second) -> first));
        this.taken = received.stream().filter(delivery -> !delivery.refused()).toList();
        this.refused = received.stream().filter(ReceivedDelivery::refused).toList();
        this.everSent = everSent;
        this.endpoint = endpoint;
        this.judged = judged;
        for (ReceivedDelivery delivery : taken) {
            boolean fresh = contents.computeIfAbsent(delivery.webhookId(), id -> new HashSet<>())
                    .add(delivery.contentHash());
            repeated += fresh ? 0 : 1;
        }
    }

    boolean hasTaken(SentDelivery delivery) {
        return contents.containsKey(delivery.webhookId());
    }

    List<Line> lines() {
        return List.of(
                DeliveryAudit.told("received", contents.size()),
                DeliveryAudit.told("received-again", repeated),
                DeliveryAudit.failure(
                        "delivered-not-received",
                        ids(delivery -> delivery.isDelivered() && !contents.containsKey(delivery.webhookId()))),
                DeliveryAudit.failure("received-out-of-order", outOfOrder()),
                DeliveryAudit.failure("received-with-two-contents", contradictory()),
                DeliveryAudit.failure("received-otherwise", ids(this::isAltered)),
                DeliveryAudit.failure("received-never-sent", unknown()),
                DeliveryAudit.line(
                        "refused-by-receiver",
                        refused.stream().map(ReceivedDelivery::webhookId).toList(),
                        Verdict.TOLD));
    }

    private List<String> ids(Predicate<SentDelivery> wrong) {
        return sent.values().stream()
                .filter(wrong)
                .map(SentDelivery::webhookId)
                .sorted()
                .toList();
    }

    private boolean isAltered(SentDelivery delivery) {
        Set<String> seen = contents.get(delivery.webhookId());
        return seen != null && !seen.contains(delivery.contentHash());
    }

    private List<String> contradictory() {
        return contents.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private List<String> unknown() {
        return taken.stream()
                .filter(delivery -> !everSent.contains(delivery.webhookId()))
                .filter(delivery -> !mayBeForgotten(delivery))
                .map(ReceivedDelivery::webhookId)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean mayBeForgotten(ReceivedDelivery delivery) {
        Instant at = delivery.receivedAt();
        return at != null && at.isBefore(judged.from().plus(RETRIES));
    }

    // ---- order -------------------------------------------------------------------------------------------------

    private record Lane(String endpointId, String subjectId) {}

    /** Messages that came for the first time when a later one about the same had come. */
    private List<String> outOfOrder() {
        Map<Lane, ReceivedDelivery> newest = new HashMap<>();
        Set<String> arrived = new HashSet<>();
        List<String> found = new ArrayList<>();
        for (ReceivedDelivery delivery : taken) {
            Place place = delivery.place();
            String to = endpointOf(delivery);
            if (place == null || to == null || !arrived.add(delivery.webhookId())) {
                continue;
            }
            Lane lane = new Lane(to, place.subjectId());
            ReceivedDelivery before = newest.get(lane);
            Place ahead = before == null ? null : before.place();
            if (before == null || ahead == null || ahead.sequence() <= place.sequence()) {
                newest.put(lane, delivery);
            } else if (!isByHand(delivery, before)) {
                found.add(delivery.webhookId() + ", sequence " + place.sequence() + " of " + place.subjectId()
                        + ", behind sequence " + ahead.sequence());
            }
        }
        return found;
    }

    /** Where the log holds the messages of several webhooks, each has an order of its own. */
    private @Nullable String endpointOf(ReceivedDelivery delivery) {
        SentDelivery known = sent.get(delivery.webhookId());
        return known == null ? endpoint : known.endpointId();
    }

    /** Somebody has had it sent again, or has asked for what the webhook missed before the later one was made. */
    private boolean isByHand(ReceivedDelivery earlier, ReceivedDelivery later) {
        SentDelivery one = sent.get(earlier.webhookId());
        SentDelivery other = sent.get(later.webhookId());
        return one != null
                && (one.begunAnew() || other != null && one.createdAt().isAfter(other.createdAt()));
    }
}
