package org.citystream.analytics.sensortrust;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citystream.analytics.sensortrust.SensorLimits.Repetition;
import org.citystream.analytics.sensortrust.SensorRecord.Run;
import org.jspecify.annotations.Nullable;

/**
 * Judges a sensor by its own readings and the deployment's clock. Health decides nothing but alarms about health: it
 * reads the clock, so it is outside the guarantee that two runs end equal.
 */
public final class SensorTrust {
    /** A sensor is silent after more than this many upload intervals without a reading. */
    public static final int INTERVALS_UNTIL_SILENT = 3;

    private static final int IMPLAUSIBLE_OF_REMEMBERED = 3;
    private static final int FAULTLESS_TO_RECOVER = 5;
    private static final int ALL_NEEDS_MEASURES_OF_AIR = 3;

    private SensorTrust() {}

    /**
     * The record after a reading. A reading that is not newer than what its channel has seen (duplicate, late) moves
     * nothing: a repeated message must not look like a repeated value.
     */
    public static SensorRecord observe(SensorRecord record, Observation observation) {
        long at = observation.observedAtMillis();
        long newest = Math.max(record.newestMillis(), at);
        Optional<Run> all = record.run(observation.channel());
        if (all.isPresent() && at <= all.get().untilMillis()) {
            return new SensorRecord(
                    newest, record.runs(), record.implausible(), record.readings(), record.implausibleValue());
        }
        String wrong = implausibleValue(observation);
        int bits = ((record.implausible() << 1) | (wrong.isEmpty() ? 0 : 1)) & ((1 << SensorRecord.REMEMBERED) - 1);
        return new SensorRecord(
                newest,
                runs(record, observation),
                bits,
                Math.min(SensorRecord.REMEMBERED, record.readings() + 1),
                wrong.isEmpty() ? record.implausibleValue() : wrong);
    }

    /** Clock time after which the sensor counts as silent, unless a reading arrives. */
    public static Instant silentAfter(SensorRecord record, Instant intakeSince, Duration uploadInterval) {
        Instant heard = record.newestMillis() == Long.MIN_VALUE
                ? intakeSince
                : later(Instant.ofEpochMilli(record.newestMillis()), intakeSince);
        return heard.plus(uploadInterval.multipliedBy(INTERVALS_UNTIL_SILENT));
    }

    /**
     * The verdict at a clock time.
     *
     * @param intakeSince start of the time over which our own intake was uninterrupted: an outage of ours never makes a
     *     sensor look silent
     * @param previous the state last decided; an implausible sensor needs several faultless readings to recover
     */
    public static Verdict judge(
            SensorRecord record,
            Instant clock,
            Instant intakeSince,
            Duration uploadInterval,
            @Nullable HealthState previous) {
        Instant silentAfter = silentAfter(record, intakeSince, uploadInterval);
        if (clock.isAfter(silentAfter)) {
            return silent(record, silentAfter);
        }
        List<Run> stuck = record.runs().stream().filter(SensorTrust::isStuck).toList();
        double trust = trust(record, stuck);
        if (!stuck.isEmpty()) {
            return stuck(stuck, trust);
        }
        if (isImplausible(record, previous)) {
            return new Verdict(
                    HealthState.IMPLAUSIBLE,
                    trust,
                    Instant.ofEpochMilli(record.newestMillis()),
                    record.implausibleValue() + " cannot be true ("
                            + Integer.bitCount(record.implausible()) + " of the last " + record.readings()
                            + " readings)");
        }
        return new Verdict(HealthState.HEALTHY, trust, healthySince(record), "reports plausible, changing values");
    }

    private static Instant healthySince(SensorRecord record) {
        return record.newestMillis() == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochMilli(record.newestMillis());
    }

    private static Verdict silent(SensorRecord record, Instant silentAfter) {
        String last = record.newestMillis() == Long.MIN_VALUE
                ? "no reading yet"
                : "no reading since " + Instant.ofEpochMilli(record.newestMillis());
        return new Verdict(HealthState.SILENT, 0, silentAfter, last);
    }

    private static Verdict stuck(List<Run> stuck, double trust) {
        Run longest = stuck.stream()
                .min(Comparator.comparingLong(Run::sinceMillis).thenComparing(Run::channel))
                .orElseThrow();
        String what = longest.channel().startsWith("all-")
                ? "all values repeat"
                : longest.channel() + " repeats " + longest.value();
        return new Verdict(
                HealthState.STUCK,
                trust,
                Instant.ofEpochMilli(longest.sinceMillis()),
                what + " over " + longest.readings() + " readings since "
                        + Instant.ofEpochMilli(longest.sinceMillis()));
    }

    static boolean isStuck(Run run) {
        Repetition repetition =
                SensorLimits.of(Observation.limitsName(run.channel())).repetition();
        return repetition != null
                && !Double.isNaN(run.value())
                && run.readings() >= repetition.readings()
                && run.untilMillis() - run.sinceMillis() >= repetition.lasting().toMillis();
    }

    private static boolean isImplausible(SensorRecord record, @Nullable HealthState previous) {
        if (previous == HealthState.IMPLAUSIBLE) {
            return (record.implausible() & ((1 << FAULTLESS_TO_RECOVER) - 1)) != 0;
        }
        return Integer.bitCount(record.implausible()) >= IMPLAUSIBLE_OF_REMEMBERED;
    }

    /** Share of plausible readings, and of measures that still move; two decimals. */
    private static double trust(SensorRecord record, List<Run> stuck) {
        double plausible =
                record.readings() == 0 ? 1 : 1 - (double) Integer.bitCount(record.implausible()) / record.readings();
        boolean wholly = stuck.stream().anyMatch(run -> run.channel().startsWith("all-"));
        long measures = record.runs().stream()
                .filter(run -> !run.channel().startsWith("all-"))
                .count();
        double moving = wholly ? 0 : measures == 0 ? 1 : 1 - (double) stuck.size() / measures;
        return Math.round(plausible * moving * 100) / 100.0;
    }

    private static List<Run> runs(SensorRecord record, Observation observation) {
        Map<String, Run> runs = new TreeMap<>();
        record.runs().forEach(run -> runs.put(run.channel(), run));
        long at = observation.observedAtMillis();
        put(runs, observation.channel(), digest(observation), at);
        observation.values().forEach((measure, value) -> {
            if (SensorLimits.of(measure).repetition() != null) {
                put(runs, measure, SensorLimits.of(measure).isAtFloor(value) ? Double.NaN : value, at);
            }
        });
        return new ArrayList<>(runs.values());
    }

    private static void put(Map<String, Run> runs, String channel, double value, long at) {
        runs.merge(channel, Run.first(channel, value, at), (run, first) -> run.next(value, at));
    }

    /** All values as one number; NaN where every value is at its floor or too few are measured to say anything. */
    private static double digest(Observation observation) {
        boolean air = observation.channel().equals(Observation.ALL_AIR);
        long moving = observation.values().entrySet().stream()
                .filter(value -> !SensorLimits.of(value.getKey()).isAtFloor(value.getValue()))
                .count();
        boolean says = moving > 0 && (!air || observation.values().size() >= ALL_NEEDS_MEASURES_OF_AIR);
        return says ? observation.values().hashCode() : Double.NaN;
    }

    private static String implausibleValue(Observation observation) {
        for (Map.Entry<String, Double> value : observation.values().entrySet()) {
            if (!SensorLimits.isPlausible(value.getKey(), value.getValue())) {
                return value.getKey() + " " + value.getValue();
            }
        }
        return "";
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
