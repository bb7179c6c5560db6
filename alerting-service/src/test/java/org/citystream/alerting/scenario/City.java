package org.citystream.alerting.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.citystream.alerting.alert.AlertId;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.label.Matcher;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.lifecycle.PartitionBatch;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.Notifier;
import org.citystream.alerting.notify.Outcome;
import org.citystream.alerting.notify.Reminders;
import org.citystream.alerting.notify.RetrySchedule;
import org.citystream.alerting.notify.Verdict;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.route.InvalidRoutesException;
import org.citystream.alerting.route.Routes;
import org.citystream.alerting.route.RoutesReader;
import org.citystream.alerting.silence.Silence;
import org.citystream.alerting.store.postgres.EmptyDatabase;
import org.citystream.alerting.store.postgres.PostgresAlerts;
import org.citystream.alerting.store.postgres.PostgresEndpoints;
import org.citystream.alerting.store.postgres.PostgresNotificationStore;
import org.citystream.alerting.store.postgres.PostgresOutbox;
import org.citystream.alerting.store.postgres.PostgresSilences;
import org.citystream.alerting.store.postgres.PostgresStore;
import org.citystream.alerting.store.postgres.Presence;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.PostgresExtension;
import org.jspecify.annotations.Nullable;

/**
 * A city whose wall clock is a number: {@link #at} goes on to a moment and does everything that falls due on the way, with
 * the real writer, notifier, outbox and database. Only the network is played, by {@link Hook}s. Moments are durations
 * since the start, such as {@code 1m30s}; the start is a Monday, 08:00 UTC.
 */
final class City implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final PostgresExtension postgres;
    private final Map<String, Hook> hooks = new LinkedHashMap<>();
    private final Map<String, Episode> episodes = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private PostgresStore store;
    private PostgresOutbox outbox;
    private AlertWriter writer;
    private Reminders reminders;
    private Optional<Reminders> another = Optional.empty();
    private Routes routes = Routes.DEFAULT;
    private Instant now = START;
    private long offset = -1;

    City(PostgresExtension postgres) {
        this.postgres = postgres;
        store = open();
        EmptyDatabase.empty(postgres);
        outbox = new PostgresOutbox(store, new Presence(store));
        Notifier notifier = notifier();
        writer = writer(notifier);
        reminders = reminders(notifier);
    }

    private PostgresStore open() {
        return new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD);
    }

    private Notifier notifier() {
        return new Notifier(
                () -> routes,
                this::place,
                new WebhookMessages(new AlertLinks("http://city.example", "http://alerts.example"), this::place),
                () -> now);
    }

    private AlertWriter writer(Notifier notifier) {
        return new AlertWriter(
                new PostgresAlerts(store),
                notifier,
                (alert, change) -> {},
                reason -> {},
                () -> now,
                Duration.ofSeconds(30));
    }

    private Reminders reminders(Notifier notifier) {
        return new Reminders(new PostgresNotificationStore(store), notifier, () -> routes, () -> now);
    }

    private Place place(Subject subject) {
        return places.getOrDefault(subject.id(), Place.UNKNOWN);
    }

    /** The process dies and comes back; all it knows is in the database. */
    City restarts() {
        store.close();
        store = open();
        outbox = new PostgresOutbox(store, new Presence(store));
        Notifier notifier = notifier();
        writer = writer(notifier);
        reminders = reminders(notifier);
        work();
        return this;
    }

    City routes(String yaml) {
        try {
            routes = RoutesReader.read(yaml);
        } catch (InvalidRoutesException e) {
            throw new AssertionError(e);
        }
        work();
        return this;
    }

    /** From now on a second instance runs beside this one, which keeps the configuration of this moment. */
    City anotherInstanceKeepsTheseRoutes() {
        Routes kept = routes;
        Notifier notifier = new Notifier(
                () -> kept,
                this::place,
                new WebhookMessages(new AlertLinks("http://city.example", "http://alerts.example"), this::place),
                () -> now);
        another = Optional.of(new Reminders(new PostgresNotificationStore(store), notifier, () -> kept, () -> now));
        work();
        return this;
    }

    /** Which configuration open alerts were routed by last. */
    boolean isRoutedByItsOwnRoutes() {
        return new PostgresNotificationStore(store).routedBy().equals(Optional.of(routes.hash()));
    }

    /** Forgets messages that are older. */
    City forgets(Duration retention) {
        outbox.forget(now.minus(retention));
        return this;
    }

    /** A webhook of some receivers; none: of the root's. */
    Hook webhook(String name, String... receivers) {
        return webhook(name, List.of(), receivers);
    }

    Hook webhook(String name, List<String> types, String... receivers) {
        Hook hook = new Hook();
        hooks.put(name, hook);
        new PostgresEndpoints(store, () -> routes.root().receiver())
                .add(
                        Endpoint.registered(
                                name,
                                "https://" + name,
                                Format.CITYSTREAM,
                                types,
                                List.of(receivers),
                                null,
                                "whsec_x",
                                now),
                        now);
        work();
        return hook;
    }

    City lies(String subject, @Nullable String corridor, @Nullable String district) {
        places.put(subject, new Place(corridor, district, Set.of(subject + "-loop"), new GeoPoint(56.1, 10.2)));
        return this;
    }

    City liesAt(String subject, double latitude, double longitude) {
        places.put(subject, new Place(null, null, Set.of(), new GeoPoint(latitude, longitude)));
        return this;
    }

    String silence(UnaryOperator<Planned> plan) {
        Planned planned = plan.apply(new Planned());
        PostgresSilences silences = new PostgresSilences(store);
        String id = "si-" + silences.list().size();
        silences.add(new Silence(
                id,
                planned.matchers,
                planned.sensors,
                planned.corridors,
                planned.polygon,
                START.plus(planned.from),
                START.plus(planned.to),
                "Ada",
                "road works",
                now));
        return id;
    }

    City unsilence(String id) {
        new PostgresSilences(store).remove(id, now);
        work();
        return this;
    }

    /** A silence in the making. */
    static final class Planned {
        private List<Matcher> matchers = List.of();
        private List<String> sensors = List.of();
        private List<String> corridors = List.of();
        private List<List<Double>> polygon = List.of();
        private Duration from = Duration.ofDays(-1);
        private Duration to = Duration.ofDays(1);

        Planned matching(String matcher) {
            matchers = List.of(Matcher.parse(matcher));
            return this;
        }

        Planned sensor(String id) {
            sensors = List.of(id);
            return this;
        }

        Planned corridor(String id) {
            corridors = List.of(id);
            return this;
        }

        Planned within(double south, double west, double north, double east) {
            polygon = List.of(List.of(west, south), List.of(east, south), List.of(east, north), List.of(west, north));
            return this;
        }

        Planned from(String moment) {
            from = moment(moment);
            return this;
        }

        Planned to(String moment) {
            to = moment(moment);
            return this;
        }
    }

    /** Goes on to a moment, doing on the way what falls due. */
    City at(String moment) {
        Instant target = START.plus(moment(moment));
        if (target.isBefore(now)) {
            throw new IllegalArgumentException("time does not go back to " + moment);
        }
        for (Optional<Instant> next = nextDue(target); next.isPresent(); next = nextDue(target)) {
            now = next.get();
            work();
        }
        now = target;
        work();
        return this;
    }

    private Optional<Instant> nextDue(Instant target) {
        return postgres.query("""
                        SELECT min(due) AS due FROM (
                            SELECT settle_at AS due FROM alerting.alerts
                            UNION ALL SELECT look_at FROM alerting.holds
                            UNION ALL SELECT due_at FROM alerting.escalations
                            UNION ALL SELECT flush_at FROM alerting.groups
                            UNION ALL SELECT GREATEST(d.next_attempt_at, e.blocked_until) FROM alerting.deliveries d
                                JOIN alerting.endpoints e USING (endpoint_id) WHERE d.state = 'pending') AS things
                        WHERE due > TIMESTAMPTZ '%s' AND due <= TIMESTAMPTZ '%s'
                        """.formatted(now, target)).stream()
                .map(row -> row.get("due"))
                .filter(Timestamp.class::isInstance)
                .map(due -> ((Timestamp) due).toInstant())
                .findFirst();
    }

    private void work() {
        boolean busy = true;
        while (busy) {
            writer.settleDue();
            another.ifPresent(Reminders::followConfiguration);
            int looked = another.map(Reminders::work).orElse(0);
            reminders.followConfiguration();
            looked += reminders.work();
            busy = deliver() || looked > 0;
        }
    }

    private boolean deliver() {
        boolean sent = false;
        for (Endpoint endpoint : outbox.endpointsWithDueDeliveries(now)) {
            for (Delivery delivery : outbox.claim(endpoint, 100, now, Duration.ofMinutes(1))) {
                Attempt attempt = hooks.get(endpoint.id()).receive(delivery, since(now), now);
                Verdict verdict = new RetrySchedule(RetrySchedule.STANDARD, () -> 0.5)
                        .after(delivery.attempt(), attempt, now, endpoint.failures());
                outbox.complete(List.of(new Outcome(delivery, attempt, verdict)));
                sent = true;
            }
        }
        return sent;
    }

    City opens(String subject) {
        return opens(subject, Severity.MODERATE);
    }

    City opens(String subject, Severity severity) {
        return opens(subject, severity, RuleKind.CONGESTION, Map.of());
    }

    City opens(String subject, Severity severity, RuleKind kind, Map<String, String> labels) {
        Episode episode = new Episode(subject, severity, kind, labels, now);
        episodes.put(subject, episode);
        return publish(episode, Transition.OPENED, now);
    }

    /** What happened at {@code moment} is heard of only now. */
    City openedLate(String subject, String moment) {
        Instant at = START.plus(moment(moment));
        Episode episode = new Episode(subject, Severity.MODERATE, RuleKind.CONGESTION, Map.of(), at);
        episodes.put(subject, episode);
        return publish(episode, Transition.OPENED, at);
    }

    City resolvedLate(String subject, String moment) {
        Episode episode = episodes.get(subject);
        episode.endedAt = START.plus(moment(moment));
        return publish(episode, Transition.CLOSED, episode.endedAt);
    }

    City becomes(String subject, Severity severity) {
        Episode episode = episodes.get(subject);
        Transition transition =
                severity.compareTo(episode.severity) > 0 ? Transition.ESCALATED : Transition.DEESCALATED;
        episode.severity = severity;
        return publish(episode, transition, now);
    }

    City goesStale(String subject) {
        return publish(episodes.get(subject), Transition.STALE, now);
    }

    City resolves(String subject) {
        Episode episode = episodes.get(subject);
        episode.endedAt = now;
        return publish(episode, Transition.CLOSED, now);
    }

    /** The last event once more, as after a restart of a job. */
    City repeats(String subject) {
        receive(episodes.get(subject).last);
        return this;
    }

    City acknowledges(String subject) {
        writer.acknowledge(AlertId.ofEpisode(episodes.get(subject).id()), "Ada", null);
        work();
        return this;
    }

    private City publish(Episode episode, Transition transition, Instant at) {
        receive(episode.event(transition, at));
        return this;
    }

    private void receive(CityEvent event) {
        writer.receive(List.of(new PartitionBatch("city.events.v1", 0, offset, offset + 1, List.of(event))));
        offset++;
        work();
    }

    static Duration moment(String text) {
        return text.equals("0s") ? Duration.ZERO : Duration.parse(iso(text));
    }

    /** 2d3h4m5s as ISO 8601. */
    private static String iso(String text) {
        String[] days = text.split("d", -1);
        String day = days.length == 2 ? days[0] + "D" : "";
        String rest = days[days.length - 1].toUpperCase(Locale.ROOT);
        return "P" + day + (rest.isEmpty() ? "" : "T" + rest);
    }

    private static String since(Instant instant) {
        Duration since = Duration.between(START, instant);
        return since.isZero() ? "0s" : since.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Something that goes on in the city. */
    private static final class Episode {
        private final String subject;
        private final RuleKind kind;
        private final Map<String, String> labels;
        private final Instant startedAt;
        private Severity severity;
        private @Nullable Instant endedAt;
        private int revision;
        private CityEvent last;

        Episode(String subject, Severity severity, RuleKind kind, Map<String, String> labels, Instant startedAt) {
            this.subject = subject;
            this.severity = severity;
            this.kind = kind;
            this.labels = labels;
            this.startedAt = startedAt;
        }

        String id() {
            return subject + "@" + startedAt;
        }

        CityEvent event(Transition transition, Instant at) {
            revision++;
            last = new CityEvent(
                    id() + "#" + revision,
                    id(),
                    revision,
                    kind,
                    transition,
                    severity,
                    "lindholm",
                    new Subject(
                            kind == RuleKind.SENSOR_HEALTH ? SubjectType.SENSOR : SubjectType.ROAD_SEGMENT,
                            subject,
                            null),
                    startedAt,
                    at,
                    endedAt,
                    null,
                    null,
                    "scenario",
                    new RuleReference(kind.wireName(), 1, "9f2c", RuleMode.ACTIVE),
                    labels,
                    subject + " is " + transition.wireName(),
                    null,
                    JsonNodeFactory.instance.objectNode().put("revision", revision));
            return last;
        }
    }

    /** A played endpoint, and what it heard. */
    static final class Hook {
        private final List<String> heard = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<JsonNode> bodies = new ArrayList<>();
        private Integer status = 200;
        private @Nullable Duration retryAfter;

        Hook answers(int newStatus) {
            status = newStatus;
            retryAfter = null;
            return this;
        }

        Hook answersLater(int newStatus, Duration after) {
            status = newStatus;
            retryAfter = after;
            return this;
        }

        /** Never answers. */
        Hook hangs() {
            status = null;
            return this;
        }

        /** Lines such as {@code 30s group new-alerts: ring-1 opened}; failed attempts begin with {@code !}. */
        List<String> heard() {
            return heard;
        }

        List<String> ids() {
            return ids;
        }

        List<JsonNode> bodies() {
            return bodies;
        }

        Attempt receive(Delivery delivery, String moment, Instant now) {
            JsonNode body = JsonCodec.read(delivery.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
            boolean good = status != null && status / 100 == 2;
            heard.add((good ? "" : "! ") + moment + " " + line(body));
            ids.add(delivery.webhookId());
            bodies.add(body);
            return new Attempt(now, Duration.ofMillis(5), status, good ? null : "failed", null, retryAfter);
        }

        private static String line(JsonNode body) {
            String type = body.path("type").textValue().replace("alert.", "");
            JsonNode data = body.path("data");
            if (!type.equals("group")) {
                return type + " " + data.path("subject").path("id").textValue();
            }
            List<String> alerts = new ArrayList<>();
            data.path("alerts")
                    .forEach(
                            alert -> alerts.add(alert.path("subject").path("id").textValue() + " "
                                    + (alert.path("change").isNull()
                                            ? "still " + alert.path("state").textValue()
                                            : alert.path("change").textValue().replace("alert.", ""))));
            // Alerts that began together stand in the order of their ids, which are hashes.
            alerts.sort(Comparator.comparing((String alert) -> alert.contains(" still "))
                    .thenComparing(Comparator.naturalOrder()));
            return "group " + data.path("reason").textValue() + ": " + String.join(", ", alerts);
        }
    }
}
