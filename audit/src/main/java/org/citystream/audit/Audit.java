package org.citystream.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citystream.audit.alert.DeliveryAudit;
import org.citystream.audit.alert.Endpoint;
import org.citystream.audit.alert.EpisodeAudit;
import org.citystream.audit.alert.KnownAlert;
import org.citystream.audit.alert.ReceivedDelivery;
import org.citystream.audit.alert.SentDelivery;
import org.citystream.audit.kafka.Deployment;
import org.citystream.audit.message.Horizon;
import org.citystream.audit.message.MessageAudit;
import org.citystream.audit.message.MessageTable;
import org.citystream.audit.message.Period;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Report;
import org.citystream.audit.report.Verdict;
import org.citystream.audit.source.AlertingService;
import org.citystream.audit.source.ReceiverLog;
import org.citystream.audit.store.PointCounts;
import org.citystream.audit.window.Tally;
import org.citystream.ledger.LedgerReader;
import org.citystream.ledger.LedgerVisitor;
import org.citystream.ledger.MessageId;
import org.citystream.model.series.Series;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** One look at a deployment: the ledgers first, then every stage behind them, so that what is asked of a stage was sent before. */
final class Audit {
    /** A window closes 60 s of clock behind its end, and a correction follows within 30 s. */
    private static final Duration SETTLING = Duration.ofMinutes(3);
    /** Until an event is an alert, and an alert's change a delivery; wall clock. */
    private static final Duration TRAVEL = Duration.ofSeconds(30);
    /** The alerting service goes on forgetting while it is asked. */
    private static final Duration FORGETTING = Duration.ofHours(1);

    private static final Line NO_CLOCK = new Line(
            "clock",
            "unknown",
            1,
            Verdict.FAILURE,
            List.of("there are readings, but nothing on " + Topics.CLOCK
                    + " and no stamp of a gateway: no window could be"
                    + " judged; what to do: start a gateway, and look again"));

    private final List<Path> ledgers;
    private final List<Period> disturbed;
    private final boolean ordered;
    private final KafkaSettings kafka;
    private final @Nullable PointCounts store;
    private final @Nullable AlertingService alerting;
    private final Duration deliveryRetention;
    private final @Nullable Path receiverLog;
    private final @Nullable String receiverEndpoint;

    /**
     * Everything that is empty or null is not checked.
     *
     * @param disturbed when messages may have been sent again
     * @param ordered whether sensors' messages are to keep their order
     * @param deliveryRetention how long the alerting service keeps messages and their deliveries
     */
    Audit(
            List<Path> ledgers,
            List<Period> disturbed,
            boolean ordered,
            KafkaSettings kafka,
            @Nullable PointCounts store,
            @Nullable AlertingService alerting,
            Duration deliveryRetention,
            @Nullable Path receiverLog,
            @Nullable String receiverEndpoint) {
        this.ledgers = List.copyOf(ledgers);
        this.disturbed = List.copyOf(disturbed);
        this.ordered = ordered;
        this.kafka = kafka;
        this.store = store;
        this.alerting = alerting;
        this.deliveryRetention = deliveryRetention;
        this.receiverLog = receiverLog;
        this.receiverEndpoint = receiverEndpoint;
    }

    /** @param now wall clock */
    Report run(Instant now) throws InterruptedException {
        MessageTable table = new MessageTable();
        ledgers.forEach(ledger -> LedgerReader.read(ledger, table));
        MessageAudit messages = ledgers.isEmpty() ? null : new MessageAudit(table, disturbed, ordered);
        Tally traffic = new Tally("traffic", ChronoUnit.MINUTES);
        Tally air = new Tally("air", ChronoUnit.HOURS);
        EpisodeAudit episodes = new EpisodeAudit();
        Deployment deployment = new Deployment(kafka);
        // What follows from other things comes first, so that these are known when it is judged; see Deployment.
        deployment.readClock();
        List<KnownAlert> alerts = alerting == null ? List.of() : alerting.alerts();
        if (store != null) {
            store.of(Series.TRAFFIC).forEach(count -> traffic.points(count.at(), count.points()));
            store.of(Series.AIR).forEach(count -> air.points(count.at(), count.points()));
        }
        deployment.show(messages, traffic, air, episodes);
        Deployment.Retained retained = deployment.retained(now);

        List<Line> lines = new ArrayList<>();
        if (messages != null) {
            lines.addAll(named(messages, retained.messages()));
        }
        Instant clock = deployment.clock();
        if (clock == null && (traffic.hasReadings() || air.hasReadings())) {
            lines.add(NO_CLOCK);
        }
        Instant settled = clock == null ? Instant.MIN : clock.minus(SETTLING);
        lines.addAll(traffic.lines(retained.traffic().observed(), settled, store != null));
        lines.addAll(air.lines(retained.air().observed(), settled, store != null));
        if (alerting != null) {
            Instant settledBefore = now.minus(TRAVEL);
            lines.addAll(episodes.lines(alerts, settledBefore, retained.events()));
            lines.addAll(deliveries(alerting, alerts, judged(now, settledBefore)));
        }
        return new Report(lines);
    }

    private Period judged(Instant now, Instant settledBefore) {
        Instant kept = now.minus(deliveryRetention).plus(FORGETTING);
        return new Period(kept.isBefore(settledBefore) ? kept : settledBefore, settledBefore);
    }

    private List<Line> named(MessageAudit messages, Horizon horizon) {
        if (horizon.isBehindSomething()) {
            LedgerVisitor forgetting = messages.forgetting(horizon);
            ledgers.forEach(ledger -> LedgerReader.read(ledger, forgetting));
        }
        Map<Integer, MessageId> names = new HashMap<>(messages.wanted());
        LedgerVisitor naming = messages.naming(names);
        ledgers.forEach(ledger -> LedgerReader.read(ledger, naming));
        return messages.lines(names);
    }

    private List<Line> deliveries(AlertingService service, List<KnownAlert> alerts, Period judged)
            throws InterruptedException {
        List<Endpoint> endpoints = service.endpoints();
        List<SentDelivery> sent = service.deliveries(endpoints);
        List<ReceivedDelivery> received = receiverLog == null ? null : ReceiverLog.read(receiverLog);
        Set<String> everSent = received == null
                ? Set.of()
                : service.deliveries(endpoints).stream()
                        .map(SentDelivery::webhookId)
                        .collect(Collectors.toSet());
        return DeliveryAudit.lines(
                alerts, endpoints, sent, received, everSent, receiverEndpoint, service.isQuiet(), judged);
    }
}
