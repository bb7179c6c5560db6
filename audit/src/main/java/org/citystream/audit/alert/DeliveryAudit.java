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
import java.util.TreeMap;
import org.citystream.audit.alert.SentDelivery.Told;
import org.citystream.audit.message.Period;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Verdict;
import org.jspecify.annotations.Nullable;

/** Whether every change of every alert was delivered, once in content however often it was sent. */
public final class DeliveryAudit {
    private static final int EXAMPLES = 20;
    private static final String SECTION = "deliveries";
    /** A message may be sent again for so long, and is forgotten by the time of its change. */
    private static final Duration RETRIES = Duration.ofDays(5);

    private final List<Line> lines = new ArrayList<>();
    private final Period judged;

    private DeliveryAudit(Period judged) {
        this.judged = judged;
    }

    /**
     * What it comes to.
     *
     * @param received log of the receiver, read after {@code sent}; null: there is none
     * @param everSent ids of all messages, read after the log
     * @param receiverEndpoint the webhook whose receiver wrote the log
     * @param quiet whether silences or routes may have kept something back on purpose
     * @param judged changes recorded later may still be on their way, those recorded earlier forgotten with their messages
     */
    public static List<Line> lines(
            Collection<KnownAlert> alerts,
            Collection<Endpoint> endpoints,
            Collection<SentDelivery> sent,
            @Nullable Collection<ReceivedDelivery> received,
            Set<String> everSent,
            @Nullable String receiverEndpoint,
            boolean quiet,
            Period judged) {
        DeliveryAudit audit = new DeliveryAudit(judged);
        audit.transitions(alerts, endpoints, sent, quiet);
        audit.states(sent);
        if (received != null) {
            audit.receiver(sent, received, everSent, receiverEndpoint);
        }
        return audit.lines;
    }

    /** Each webhook is to be told of each change that was made after it was registered. */
    private void transitions(
            Collection<KnownAlert> alerts,
            Collection<Endpoint> endpoints,
            Collection<SentDelivery> sent,
            boolean quiet) {
        Map<String, Set<Told>> told = new HashMap<>();
        sent.forEach(delivery -> told.computeIfAbsent(delivery.endpointId(), id -> new HashSet<>())
                .addAll(delivery.tells()));
        List<String> missing = new ArrayList<>();
        long forgotten = 0;
        for (Endpoint endpoint : endpoints) {
            if (endpoint.enabled() && endpoint.takesAll()) {
                Set<Told> its = told.getOrDefault(endpoint.id(), Set.of());
                for (KnownAlert alert : alerts) {
                    for (KnownAlert.Change change : alert.changes()) {
                        if (!change.told()
                                || !change.recordedAt().isAfter(endpoint.createdAt())
                                || its.contains(new Told(alert.alertId(), change.sequence()))) {
                            continue;
                        }
                        if (change.recordedAt().isBefore(judged.from())) {
                            forgotten++;
                        } else if (judged.contains(change.recordedAt())) {
                            missing.add(change.type() + " of " + alert.alertId() + " (sequence " + change.sequence()
                                    + ") for " + endpoint.id());
                        }
                    }
                }
            }
        }
        lines.add(Line.told(SECTION, "changes-forgotten", forgotten));
        add(quiet ? "kept-back" : "changes-without-delivery", missing, quiet ? Verdict.TOLD : Verdict.FAILURE);
    }

    private void states(Collection<SentDelivery> sent) {
        Map<String, Long> states = new TreeMap<>(Map.of("delivered", 0L, "failed", 0L, "pending", 0L));
        sent.forEach(delivery -> states.merge(delivery.state(), 1L, Long::sum));
        states.forEach((state, count) -> lines.add(Line.told(SECTION, state, count)));
    }

    private void receiver(
            Collection<SentDelivery> sent,
            Collection<ReceivedDelivery> received,
            Set<String> everSent,
            @Nullable String endpoint) {
        Map<String, Set<String>> contents = new HashMap<>();
        List<String> refused = new ArrayList<>();
        long repeated = 0;
        for (ReceivedDelivery delivery : received) {
            if (delivery.refused()) {
                refused.add(delivery.webhookId());
            } else {
                Set<String> known = contents.computeIfAbsent(delivery.webhookId(), id -> new HashSet<>());
                repeated += known.contains(delivery.contentHash()) ? 1 : 0;
                known.add(delivery.contentHash());
            }
        }
        List<String> lost = new ArrayList<>();
        List<String> altered = new ArrayList<>();
        for (SentDelivery delivery : sent) {
            if (endpoint != null && !delivery.endpointId().equals(endpoint)) {
                continue;
            }
            Set<String> seen = contents.get(delivery.webhookId());
            if (seen == null) {
                if (delivery.state().equals("delivered")) {
                    lost.add(delivery.webhookId());
                }
            } else if (!seen.contains(delivery.contentHash())) {
                altered.add(delivery.webhookId());
            }
        }
        List<String> contradictory = contents.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<String> unknown = received.stream()
                .filter(delivery -> !delivery.refused() && !everSent.contains(delivery.webhookId()))
                .filter(delivery -> !mayBeForgotten(delivery))
                .map(ReceivedDelivery::webhookId)
                .distinct()
                .sorted()
                .toList();
        lines.add(Line.told(SECTION, "received", contents.size()));
        lines.add(Line.told(SECTION, "received-again", repeated));
        add("delivered-not-received", lost, Verdict.FAILURE);
        add("received-with-two-contents", contradictory, Verdict.FAILURE);
        add("received-otherwise", altered, Verdict.FAILURE);
        add("received-never-sent", unknown, Verdict.FAILURE);
        add("refused-by-receiver", refused, Verdict.TOLD);
    }

    private boolean mayBeForgotten(ReceivedDelivery delivery) {
        Instant at = delivery.receivedAt();
        return at != null && at.isBefore(judged.from().plus(RETRIES));
    }

    private void add(String name, List<String> found, Verdict verdict) {
        lines.add(new Line(
                SECTION,
                name,
                found.size(),
                verdict,
                found.stream().limit(EXAMPLES).toList()));
    }
}
