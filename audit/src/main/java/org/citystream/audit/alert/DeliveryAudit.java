package org.citystream.audit.alert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.citystream.audit.alert.SentDelivery.Told;
import org.citystream.audit.message.Period;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Verdict;
import org.jspecify.annotations.Nullable;

/** Whether every change of every alert was delivered, once in content however often it was sent. */
public final class DeliveryAudit {
    private static final int EXAMPLES = 20;
    private static final String SECTION = "deliveries";

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
     * @param receiverEndpoint the webhook that is audited, whose receiver wrote the log; null: none in particular
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
        ReceiverAudit receiver =
                received == null ? null : new ReceiverAudit(sent, received, everSent, receiverEndpoint, judged);
        if (receiverEndpoint != null) {
            audit.undelivered(
                    endpoints, sent, receiverEndpoint, delivery -> receiver != null && receiver.hasTaken(delivery));
        }
        if (receiver != null) {
            audit.lines.addAll(receiver.lines());
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
        lines.add(told("changes-forgotten", forgotten));
        lines.add(quiet ? line("kept-back", missing, Verdict.TOLD) : failure("changes-without-delivery", missing));
    }

    private void states(Collection<SentDelivery> sent) {
        Map<String, Long> states = new TreeMap<>(Map.of("delivered", 0L, "failed", 0L, "pending", 0L));
        sent.forEach(delivery -> states.merge(delivery.state(), 1L, Long::sum));
        states.forEach((state, count) -> lines.add(told(state, count)));
    }

    /** What the audited webhook is still to get. Whether others are alive is their owners' business. */
    private void undelivered(
            Collection<Endpoint> endpoints,
            Collection<SentDelivery> sent,
            String webhook,
            Predicate<SentDelivery> isReceived) {
        List<String> notYet = new ArrayList<>();
        List<String> givenUp = new ArrayList<>();
        for (SentDelivery delivery : sent) {
            if (!delivery.endpointId().equals(webhook)) {
                continue;
            }
            if (delivery.isGivenUp()) {
                givenUp.add(delivery.webhookId());
            } else if (!delivery.isDelivered()
                    && !isReceived.test(delivery)
                    && !delivery.createdAt().isAfter(judged.to())) {
                notYet.add(delivery.webhookId());
            }
        }
        boolean known = endpoints.stream().anyMatch(endpoint -> endpoint.id().equals(webhook));
        lines.add(failure("webhook-unknown", known ? List.of() : List.of(webhook)));
        lines.add(failure("not-yet-delivered", notYet));
        lines.add(failure("given-up", givenUp));
    }

    static Line told(String name, long count) {
        return Line.told(SECTION, name, count);
    }

    static Line failure(String name, List<String> found) {
        return line(name, found, Verdict.FAILURE);
    }

    static Line line(String name, List<String> found, Verdict verdict) {
        return new Line(
                SECTION,
                name,
                found.size(),
                verdict,
                found.stream().limit(EXAMPLES).toList());
    }
}
