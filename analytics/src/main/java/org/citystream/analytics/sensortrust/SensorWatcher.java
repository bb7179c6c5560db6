package org.citystream.analytics.sensortrust;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.SensorWatch.Told;
import org.citystream.analytics.sensortrust.SensorWatch.Trouble;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.summary.HealthFinding;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Decides at one clock time what there is to tell about a sensor: its health when that changed, and events of the rules
 * of kind {@code sensor-health}. Pure.
 */
public final class SensorWatcher {
    /** Trust that moved by less is not told again. */
    private static final double NOTABLE_TRUST_CHANGE = 0.1;

    private static final Duration NEVER_DUE = Duration.ofDays(36_500);
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final String sensorId;
    private final SensorKind kind;
    private final @Nullable Sensor registered;

    /**
     * @param registered the registry's entry; null: the sensor is not registered, nobody said when it would report, and
     *     it is silent only by what it has shown itself
     */
    public SensorWatcher(String sensorId, SensorKind kind, @Nullable Sensor registered) {
        this.sensorId = sensorId;
        this.kind = kind;
        this.registered = registered;
    }

    /**
     * @param watch the new state
     * @param health to be told; absent: unchanged
     * @param nextLook clock at which something may change without a reading, epoch ms; {@link SensorWatch#NEVER}: none
     */
    public record Outcome(SensorWatch watch, @Nullable SensorHealth health, List<CityEvent> events, long nextLook) {}

    /**
     * @param clock the deployment's clock, epoch ms
     * @param intakeSince start of uninterrupted intake, epoch ms; {@link Long#MIN_VALUE}: not known yet
     * @param rules of kind sensor-health that cover the sensor now
     */
    public Outcome look(SensorWatch watch, long clock, long intakeSince, List<Rule> rules) {
        if (watch.record().newestMillis() == Long.MIN_VALUE && intakeSince == Long.MIN_VALUE) {
            return new Outcome(watch, null, List.of(), SensorWatch.NEVER);
        }
        return decide(watch, clock, expectedSince(watch, intakeSince), rules);
    }

    /** Nobody watches a sensor that is retired: what is open ends. */
    public static List<CityEvent> retired(SensorWatch watch, long clock) {
        List<CityEvent> events = new ArrayList<>();
        for (Trouble trouble : watch.troubles()) {
            if (trouble.event() != null) {
                events.add(ended(trouble.event(), clock, EpisodeEvents.SUBJECT_RETIRED));
            }
        }
        return events;
    }

    private static CityEvent ended(CityEvent open, long clock, String reason) {
        return EpisodeEvents.told(EpisodeEvents.ended(open, Instant.ofEpochMilli(clock), reason), open.revision() + 1);
    }

    /** A sensor that has never reported is missed from when its registry entry is in force, not before. */
    private long expectedSince(SensorWatch watch, long intakeSince) {
        Instant inForce = registered == null ? null : registered.effectiveFrom();
        boolean neverReported = watch.record().newestMillis() == Long.MIN_VALUE;
        return neverReported && inForce != null ? Math.max(intakeSince, inForce.toEpochMilli()) : intakeSince;
    }

    private Outcome decide(SensorWatch watch, long clock, long intakeSince, List<Rule> rules) {
        Told before = watch.told();
        Optional<Duration> interval = interval(watch.record());
        Judgement judgement = new Judgement(
                watch.record(),
                Instant.ofEpochMilli(intakeSince),
                interval.orElse(NEVER_DUE),
                before == null ? null : before.state());
        Verdict verdict = judgement.at(Instant.ofEpochMilli(clock));
        boolean changed = before == null || before.state() != verdict.state();
        Told told = new Told(
                verdict.state(),
                verdict.trust(),
                changed || before == null ? verdict.since().toEpochMilli() : before.since());
        boolean notable =
                changed || before == null || Math.abs(before.trust() - verdict.trust()) >= NOTABLE_TRUST_CHANGE - 1e-9;
        List<CityEvent> events = new ArrayList<>();
        List<Trouble> troubles = troubles(watch, verdict, clock, rules, events);
        SensorWatch next =
                new SensorWatch(watch.record(), watch.cityId(), notable ? told : before, troubles, watch.wakeAt());
        SensorHealth health = notable ? health(watch, told, verdict, clock) : null;
        long silentAt = interval.isPresent() && verdict.state() != HealthState.SILENT
                ? judgement.silentAfter().toEpochMilli() + 1
                : SensorWatch.NEVER;
        return new Outcome(next, health, events, nextLook(next, verdict, clock, silentAt, rules));
    }

    /** Declared in the registry, or else as the sensor has shown; a stranger has promised nothing. */
    private Optional<Duration> interval(SensorRecord record) {
        if (registered != null && registered.declaresInterval()) {
            return Optional.of(Duration.ofSeconds(registered.uploadInterval()));
        }
        return record.arrivals()
                .learnedInterval()
                .or(() -> Optional.ofNullable(registered).map(entry -> Duration.ofSeconds(entry.uploadInterval())));
    }

    private SensorHealth health(SensorWatch watch, Told told, Verdict verdict, long clock) {
        return new SensorHealth(
                sensorId,
                kind.wireName(),
                cityId(watch),
                verdict.state().wireName(),
                verdict.trust(),
                Instant.ofEpochMilli(told.since()),
                Instant.ofEpochMilli(decidedAt(verdict, clock)),
                verdict.reason(),
                findings(verdict));
    }

    private static @Nullable List<HealthFinding> findings(Verdict verdict) {
        return verdict.findings().isEmpty()
                ? null
                : verdict.findings().stream()
                        .map(finding -> new HealthFinding(
                                finding.fault().wireName(),
                                Math.round(finding.credit() * 100) / 100.0,
                                finding.since(),
                                finding.detail()))
                        .toList();
    }

    /** Silence begins when it falls due, also where the clock leaps and we come to look only later. */
    private static long decidedAt(Verdict verdict, long clock) {
        return verdict.state() == HealthState.SILENT ? verdict.since().toEpochMilli() : clock;
    }

    private @Nullable String cityId(SensorWatch watch) {
        return registered == null ? watch.cityId() : registered.cityId();
    }

    private static long nextLook(SensorWatch watch, Verdict verdict, long clock, long silentAt, List<Rule> rules) {
        long next = silentAt;
        for (Trouble trouble : watch.troubles()) {
            if (trouble.event() == null) {
                for (Rule rule : rules) {
                    if (rule.id().equals(trouble.ruleId())) {
                        next = Math.min(
                                next,
                                trouble.metAtClock() + condition(rule).lasting().toMillis());
                    }
                }
            }
        }
        if (verdict.state() != HealthState.HEALTHY) {
            // Rules change at whole minutes, and a sensor in trouble may say nothing that would make us look.
            next = Math.min(next, (Math.floorDiv(clock, MINUTE_MILLIS) + 1) * MINUTE_MILLIS);
        }
        return next == SensorWatch.NEVER ? next : Math.max(next, clock + 1);
    }

    // ---- events ------------------------------------------------------------------------------------------------

    private List<Trouble> troubles(
            SensorWatch watch, Verdict verdict, long clock, List<Rule> rules, List<CityEvent> events) {
        Map<String, Trouble> known = new TreeMap<>();
        watch.troubles().forEach(trouble -> known.put(trouble.ruleId(), trouble));
        Map<String, Rule> byId = new TreeMap<>();
        rules.forEach(rule -> byId.put(rule.id(), rule));
        TreeSet<String> ids = new TreeSet<>(known.keySet());
        ids.addAll(byId.keySet());
        List<Trouble> next = new ArrayList<>();
        for (String id : ids) {
            Rule rule = byId.get(id);
            Trouble trouble = underThisVersion(known.get(id), rule, clock, events);
            if (rule != null
                    && condition(rule).states().contains(verdict.state().wireName())) {
                next.add(troubled(watch, rule, trouble, verdict, clock, events));
            } else if (trouble != null && trouble.event() != null) {
                events.add(recovered(trouble.event(), verdict, clock));
            }
        }
        return next;
    }

    /**
     * What is left of a trouble under the rule as it is now: nothing if the rule is off or has another condition. Mode and
     * labels decide whom an alarm is told to, so a change of them is told.
     */
    private static @Nullable Trouble underThisVersion(
            @Nullable Trouble known, @Nullable Rule rule, long clock, List<CityEvent> events) {
        if (known == null || (rule != null && rule.version() == known.version())) {
            return known;
        }
        Instant at = Instant.ofEpochMilli(clock);
        CityEvent open = known.event();
        if (rule == null || conditionKey(rule) != known.conditionKey()) {
            if (open != null) {
                events.add(ended(open, clock, rule == null ? EpisodeEvents.RULE_OFF : EpisodeEvents.RULE_CHANGED));
            }
            return null;
        }
        if (open != null && EpisodeEvents.isToldOtherwise(open, rule)) {
            open = EpisodeEvents.told(EpisodeEvents.revised(open, rule, at), open.revision() + 1);
            events.add(open);
        }
        return new Trouble(
                known.ruleId(), rule.version(), known.conditionKey(), known.metAtClock(), known.startedAt(), open);
    }

    private static long conditionKey(Rule rule) {
        return Identity.bootKey(rule.condition().toString());
    }

    private Trouble troubled(
            SensorWatch watch,
            Rule rule,
            @Nullable Trouble known,
            Verdict verdict,
            long clock,
            List<CityEvent> events) {
        Trouble trouble = known == null
                ? new Trouble(
                        rule.id(),
                        rule.version(),
                        conditionKey(rule),
                        metSince(rule, verdict, clock),
                        verdict.since().toEpochMilli(),
                        null)
                : known;
        CityEvent open = trouble.event();
        CityEvent told = null;
        long due = trouble.metAtClock() + condition(rule).lasting().toMillis();
        if (open == null && clock >= due) {
            told = EpisodeEvents.told(
                    event(watch, rule, trouble, verdict, due, Transition.OPENED, "dwell-completed"), 1);
        } else if (open != null && !sameState(open, verdict)) {
            told = EpisodeEvents.told(
                    event(
                            watch,
                            rule,
                            trouble,
                            verdict,
                            clock,
                            Transition.UPDATED,
                            "now-" + verdict.state().wireName()),
                    open.revision() + 1);
        }
        if (told == null) {
            return trouble;
        }
        events.add(told);
        return new Trouble(
                trouble.ruleId(),
                trouble.version(),
                trouble.conditionKey(),
                trouble.metAtClock(),
                trouble.startedAt(),
                told);
    }

    /** A rule knows nothing of the time before it held. */
    private static long metSince(Rule rule, Verdict verdict, long clock) {
        return Math.max(
                decidedAt(verdict, clock), Math.min(clock, rule.effectiveFrom().toEpochMilli()));
    }

    private static boolean sameState(CityEvent open, Verdict verdict) {
        return open.evidence().path("state").asText().equals(verdict.state().wireName());
    }

    private static CityEvent recovered(CityEvent open, Verdict verdict, long clock) {
        Instant end = verdict.since().isAfter(open.startedAt()) ? verdict.since() : open.startedAt();
        CityEvent closed = new CityEvent(
                "",
                open.episodeId(),
                0,
                open.kind(),
                Transition.CLOSED,
                open.severity(),
                open.cityId(),
                open.subject(),
                open.startedAt(),
                Instant.ofEpochMilli(clock),
                end,
                null,
                null,
                "recovered",
                open.rule(),
                open.labels(),
                open.subject().id() + " is " + verdict.state().wireName() + " again: " + verdict.reason(),
                open.location(),
                open.evidence());
        return EpisodeEvents.told(closed, open.revision() + 1);
    }

    private CityEvent event(
            SensorWatch watch,
            Rule rule,
            Trouble trouble,
            Verdict verdict,
            long clock,
            Transition transition,
            String reason) {
        Subject subject = new Subject(SubjectType.SENSOR, sensorId, registered == null ? null : registered.name());
        Instant startedAt = Instant.ofEpochMilli(trouble.startedAt());
        String cityId = cityId(watch);
        return new CityEvent(
                "",
                EpisodeEvents.episodeId(rule.id(), subject, startedAt),
                0,
                RuleKind.SENSOR_HEALTH,
                transition,
                rule.severity().get(0).severity(),
                cityId == null ? "unknown" : cityId,
                subject,
                startedAt,
                Instant.ofEpochMilli(clock),
                null,
                null,
                null,
                reason,
                EpisodeEvents.reference(rule),
                rule.labels(),
                "Sensor " + sensorId + " is " + verdict.state().wireName() + ": " + verdict.reason(),
                registered == null ? null : registered.location(),
                evidence(watch, verdict, rule));
    }

    private ObjectNode evidence(SensorWatch watch, Verdict verdict, Rule rule) {
        ObjectNode evidence = JsonCodec.internal().createObjectNode();
        evidence.put("state", verdict.state().wireName());
        evidence.put("finding", verdict.reason());
        evidence.put("since", verdict.since().toString());
        evidence.putObject("observed")
                .put("name", "trust")
                .put("value", verdict.trust())
                .put("unit", "1");
        evidence.put("lasting", condition(rule).lasting().toString());
        interval(watch.record())
                .ifPresent(interval -> evidence.put("uploadIntervalSeconds", interval.toMillis() / 1000.0));
        ArrayNode findings = evidence.putArray("findings");
        for (Finding finding : verdict.findings()) {
            findings.addObject()
                    .put("kind", finding.fault().wireName())
                    .put("credit", Math.round(finding.credit() * 100) / 100.0)
                    .put("since", finding.since().toString())
                    .put("detail", finding.detail());
        }
        return evidence;
    }

    private static Condition.Health condition(Rule rule) {
        return (Condition.Health) rule.condition();
    }
}
