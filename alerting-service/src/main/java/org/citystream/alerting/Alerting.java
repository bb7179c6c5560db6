package org.citystream.alerting;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.api.AlertStream;
import org.citystream.alerting.api.AlertingApi;
import org.citystream.alerting.api.ChangesElsewhere;
import org.citystream.alerting.intake.EventIntake;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Channels;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Dispatcher;
import org.citystream.alerting.notify.Explainer;
import org.citystream.alerting.notify.NotificationStore;
import org.citystream.alerting.notify.Notifier;
import org.citystream.alerting.notify.Reminders;
import org.citystream.alerting.notify.RetrySchedule;
import org.citystream.alerting.notify.Verdict;
import org.citystream.alerting.notify.webhook.AddressGuard;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.notify.webhook.WebhookSender;
import org.citystream.alerting.notify.webhook.WebhookUrl;
import org.citystream.alerting.place.kafka.KafkaPlaces;
import org.citystream.alerting.rule.DeploymentClock;
import org.citystream.alerting.rule.RuleLog;
import org.citystream.alerting.rule.kafka.KafkaClock;
import org.citystream.alerting.rule.kafka.KafkaRuleTopic;
import org.citystream.alerting.store.postgres.PostgresAlerts;
import org.citystream.alerting.store.postgres.PostgresAudit;
import org.citystream.alerting.store.postgres.PostgresEndpoints;
import org.citystream.alerting.store.postgres.PostgresNotificationStore;
import org.citystream.alerting.store.postgres.PostgresOutbox;
import org.citystream.alerting.store.postgres.PostgresSilences;
import org.citystream.alerting.store.postgres.PostgresStore;
import org.citystream.alerting.store.postgres.PostgresTokens;
import org.citystream.alerting.store.postgres.Presence;
import org.citystream.service.health.Health;
import org.citystream.service.health.ManagementServer;
import org.citystream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerting service, wired. Serves HTTP at once; reads events when what they rest on is there. */
final class Alerting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alerting.class);
    private static final Duration READING_PLACES = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    private static final Duration REMINDING = Duration.ofMillis(500);
    private static final Duration CLOCK = Duration.ofSeconds(5);
    private static final Duration FORGETTING = Duration.ofHours(1);

    private final InstantSource clock;
    private final Duration deliveryRetention;
    private final PostgresStore store;
    private final Presence presence;
    private final PostgresOutbox outbox;
    private final AlertWriter writer;
    private final RuleLog rules;
    private final AlertingMetrics metrics;
    private final AlertStream stream;
    private final ChangesElsewhere elsewhere;
    private final RoutesFile routes;
    private final KafkaPlaces places;
    private final Reminders reminders;
    private final Dispatcher dispatcher;
    private final EventIntake intake;
    private final ManagementServer server;
    private final CityClock cityClock;
    private final Preparation preparation;
    /** So many that one task that takes long, or waits for Kafka, keeps none of the others. */
    private final ScheduledExecutorService background =
            Executors.newScheduledThreadPool(4, work -> new Thread(work, "housekeeping"));

    /** What failed when it was last tried, by name. */
    private final Map<String, String> failing = new ConcurrentSkipListMap<>();

    private volatile String databaseProblem = "not reached yet";

    static Alerting start(AlertingConfig config, InstantSource clock) throws IOException {
        return start(config, clock, Seams.NONE);
    }

    static Alerting start(AlertingConfig config, InstantSource clock, Seams seams) throws IOException {
        return new Alerting(config, clock, seams);
    }

    private Alerting(AlertingConfig config, InstantSource clock, Seams seams) throws IOException {
        this.clock = clock;
        this.deliveryRetention = config.deliveryRetention;
        PrometheusMeterRegistry registry = Metrics.registry();
        metrics = new AlertingMetrics(registry);
        store = new PostgresStore(config.databaseUrl, config.databaseUser, secret(config.databasePasswordFile));
        presence = new Presence(store);
        outbox = new PostgresOutbox(store, presence);
        routes = RoutesFile.open(config.routesFile);
        places = new KafkaPlaces(config.kafka);
        DeploymentClock deploymentClock = new KafkaClock(config.kafka, clock);
        cityClock = new CityClock(deploymentClock, clock);
        PostgresAlerts alerts = new PostgresAlerts(store);
        AlertLinks links = new AlertLinks(config.dashboardUrl, config.publicUrl);
        AddressGuard guard = new AddressGuard(config.webhookAllowedCidrs);
        stream = new AlertStream(links);
        elsewhere = new ChangesElsewhere(alerts, stream, clock);
        Channels channels = Receivers.of(
                new WebhookSender(guard, clock), new WebhookUrl(guard), config.smtp.server(), config.publicUrl, clock);
        dispatcher = new Dispatcher(
                seams.outbox(outbox),
                channels,
                new RetrySchedule(
                        config.webhookRetryDelays,
                        () -> ThreadLocalRandom.current().nextDouble()),
                this::attempted,
                clock);
        Notifier notifier = new Notifier(routes, places, new WebhookMessages(links, places), cityClock);
        NotificationStore notifications = new PostgresNotificationStore(store);
        reminders = new Reminders(notifications, notifier, routes, clock);
        writer = new AlertWriter(
                seams.store(alerts),
                notifier,
                (alert, change) -> store.afterCommit(() -> changed(alert, change)),
                metrics::merged,
                clock,
                config.settlingTime);
        rules = new RuleLog(new KafkaRuleTopic(config.kafka), deploymentClock, store::exclusively);
        intake = new EventIntake(config.kafka, config.instanceId, alerts, writer, reason -> metrics.refused(), clock);
        AlertingApi api = new AlertingApi(
                new AlertingApi.Parts(
                        alerts,
                        writer,
                        links,
                        stream,
                        new PostgresEndpoints(store, () -> routes.get().root().receiver()),
                        channels,
                        new PostgresSilences(store),
                        rules,
                        routes,
                        new Explainer(notifications, routes, places),
                        new PostgresTokens(store),
                        new PostgresAudit(store),
                        () -> store.afterCommit(dispatcher::wake),
                        cityClock,
                        clock),
                new AlertingApi.Protection(
                        config.adminTokenFile, config.readingNeedsToken, config.apiRequestsPerSecond));
        preparation = new Preparation(
                background,
                Map.of(
                        "database", this::openDatabase,
                        "rules", this::haveRules,
                        "places", () -> places.awaitRead(READING_PLACES),
                        "clock", this::readClock),
                this::work);
        // The server takes a while to start, and so does each of the steps.
        preparation.start();
        server = ManagementServer.start(config.httpHost, config.httpPort, health(), registry, api::addTo);
    }

    private static String secret(@Nullable Path file) throws IOException {
        return file == null ? "" : Files.readString(file).strip();
    }

    private Health health() {
        Health health = new Health();
        health.register("start", preparation::problem);
        health.register("database", () -> problem(databaseProblem));
        health.register("events", intake::problem);
        health.register("places", places::problem);
        health.register("deliveries", dispatcher::problem);
        health.register("background", () -> problem(String.join("; ", failing.values())));
        return health;
    }

    private static Optional<String> problem(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    int port() {
        return server.port();
    }

    Set<String> routes() {
        return server.routes();
    }

    private Optional<String> openDatabase() {
        store.migrate();
        databaseProblem = "";
        return Optional.empty();
    }

    private Optional<String> haveRules() {
        rules.publishDefaultsIfEmpty();
        return Optional.empty();
    }

    private Optional<String> readClock() {
        cityClock.read();
        return Optional.empty();
    }

    /**
     * Database and rules are there. Corridors, districts and the sensors of silences are known from here on; without them
     * people would be told wrongly.
     */
    private void work() {
        intake.start();
        dispatcher.start();
        repeat("presence", outbox::releaseAbandoned, Duration.ZERO, HOUSEKEEPING);
        repeat("settling", writer::settleDue, Duration.ZERO, HOUSEKEEPING);
        repeat("reminding", this::remind, Duration.ZERO, REMINDING);
        repeat("stream", elsewhere::follow, Duration.ZERO, HOUSEKEEPING);
        repeat("clock", cityClock::read, CLOCK, CLOCK);
        repeat("measuring", this::measure, HOUSEKEEPING, HOUSEKEEPING.multipliedBy(5));
        repeat("forgetting", () -> outbox.forget(clock.instant().minus(deliveryRetention)), HOUSEKEEPING, FORGETTING);
    }

    private void repeat(String what, Runnable work, Duration first, Duration every) {
        background.schedule(() -> run(what, work, every), first.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(String what, Runnable work, Duration every) {
        Duration next = every;
        try {
            work.run();
            failing.remove(what);
        } catch (RuntimeException | Error e) {
            // Let out, it would end the task for good and without a word.
            if (failing.put(what, what + ": " + e) == null) {
                LOG.warn("{} failed, trying again: {}", what, e.toString());
            }
            // We are not well until it has been done, and it may be done once an hour only.
            next = every.compareTo(HOUSEKEEPING) < 0 ? every : HOUSEKEEPING;
        }
        repeat(what, work, next, every);
    }

    private void remind() {
        routes.refresh();
        boolean rerouted = reminders.followConfiguration();
        if (reminders.work() > 0 || rerouted) {
            dispatcher.wake();
        }
    }

    private void measure() {
        databaseProblem = store.problem().orElse("");
        Instant now = clock.instant();
        if (databaseProblem.isEmpty()) {
            metrics.outbox(outbox.backlog(), now);
        }
    }

    private void changed(Alert alert, AlertChange change) {
        metrics.changed(change);
        stream.changed(alert, change);
        dispatcher.wake();
    }

    private void attempted(Delivery delivery, Attempt attempt, Verdict verdict) {
        metrics.attempted(attempt, verdict);
        if (!attempt.succeeded()) {
            LOG.info(
                    "{} to {} failed at attempt {}: {}",
                    delivery.type(),
                    delivery.endpoint().id(),
                    delivery.attempt(),
                    attempt.error());
        }
        if (verdict.disableReason() != null) {
            LOG.warn("webhook {} is disabled: {}", delivery.endpoint().id(), verdict.disableReason());
        }
    }

    /** Reading ends first, so that what has been read is told or kept. */
    @Override
    public void close() {
        intake.close();
        background.shutdownNow();
        dispatcher.close();
        stream.close();
        places.close();
        server.close();
        presence.close();
        store.close();
    }
}
