package org.citystream.analytics.sensortrust;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citystream.analytics.sensortrust.SensorRecord.Run;
import org.jspecify.annotations.Nullable;

/**
 * Judges a sensor by what is remembered of it and the deployment's clock. Health decides nothing but alarms about health:
 * it reads the clock, so it is outside the guarantee that two runs end equal.
 */
public final class Judgement {
    /** A sensor is silent after more than this many upload intervals without a reading. */
    public static final int INTERVALS_UNTIL_SILENT = 3;

    private static final double CREDIT_OF_WRONG_CLOCK = 0.5;
    private static final double CREDIT_OF_SHARED_ID = 0.3;
    private static final double CREDIT_OF_DRIFT = 0.5;

    private final SensorRecord record;
    private final Instant intakeSince;
    private final Duration uploadInterval;
    private final @Nullable HealthState previous;

    /**
     * @param intakeSince start of the time over which our own intake was uninterrupted: an outage of ours never makes a
     *     sensor look silent
     * @param previous the state last decided; some faults need several faultless readings to be over
     */
    public Judgement(
            SensorRecord record, Instant intakeSince, Duration uploadInterval, @Nullable HealthState previous) {
        this.record = record;
        this.intakeSince = intakeSince;
        this.uploadInterval = uploadInterval;
        this.previous = previous;
    }

    /**
     * Clock time after which the sensor counts as silent, unless something arrives. One whose clock is known to be wrong, or
     * whose messages are refused, is heard when they come, not when it says they were measured.
     */
    public Instant silentAfter() {
        long heard = record.newestMillis();
        if (clock().isPresent() || isRefused()) {
            heard = Math.max(heard, record.arrivals().lastMillis());
        }
        Instant last = heard == Long.MIN_VALUE ? intakeSince : later(Instant.ofEpochMilli(heard), intakeSince);
        return last.plus(uploadInterval.multipliedBy(INTERVALS_UNTIL_SILENT));
    }

    private boolean isRefused() {
        return record.history().mark(Symptom.OUT_OF_RANGE).filter(this::shows).isPresent();
    }

    /** The verdict at a clock time. */
    public Verdict at(Instant clock) {
        Instant silentAfter = silentAfter();
        if (clock.isAfter(silentAfter)) {
            return silent(silentAfter);
        }
        List<Finding> findings = new ArrayList<>();
        stuck().ifPresent(findings::add);
        clock().ifPresent(findings::add);
        channels().ifPresent(findings::add);
        drift().ifPresent(findings::add);
        double credit = 1;
        for (History.Mark mark : record.history().marks()) {
            double left = credit(mark);
            if (mark.symptom() != Symptom.FROM_THE_FUTURE && shows(mark)) {
                findings.add(finding(mark, left));
            } else if (mark.symptom().fault().state() == HealthState.IMPLAUSIBLE) {
                credit *= left;
            }
        }
        findings.sort(Comparator.comparing(Finding::fault));
        for (Finding finding : findings) {
            credit *= finding.credit();
        }
        double trust = Math.round(credit * 100) / 100.0;
        if (findings.isEmpty()) {
            return new Verdict(
                    HealthState.HEALTHY, trust, healthySince(), "reports plausible, changing values", List.of());
        }
        Finding worst = findings.get(0);
        return new Verdict(worst.fault().state(), trust, worst.since(), worst.detail(), findings);
    }

    private Verdict silent(Instant since) {
        String last = record.newestMillis() == Long.MIN_VALUE
                ? "no reading yet"
                : "no reading since " + Instant.ofEpochMilli(record.newestMillis());
        return new Verdict(HealthState.SILENT, 0, since, last, List.of(new Finding(Fault.SILENT, 0, since, last)));
    }

    private Instant healthySince() {
        return record.newestMillis() == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochMilli(record.newestMillis());
    }

    // ---- values that do not move -------------------------------------------------------------------------------

    private Optional<Finding> stuck() {
        List<Run> stuck = record.runs().stream().filter(Judgement::isStuck).toList();
        return stuck.stream()
                .min(Comparator.comparingLong(Run::sinceMillis).thenComparing(Run::channel))
                .map(longest -> new Finding(
                        Fault.STUCK,
                        moving(stuck),
                        Instant.ofEpochMilli(longest.sinceMillis()),
                        (isWhole(longest) ? "all values repeat" : longest.channel() + " repeats " + longest.value())
                                + " over " + longest.readings() + " readings since "
                                + Instant.ofEpochMilli(longest.sinceMillis())));
    }

    private static boolean isStuck(Run run) {
        return !Double.isNaN(run.value())
                && SensorLimits.repeatsTooLong(
                        Observation.limitsName(run.channel()), run.readings(), run.untilMillis() - run.sinceMillis());
    }

    /** Share of measures that still move. */
    private double moving(List<Run> stuck) {
        long measures = record.runs().stream().filter(run -> !isWhole(run)).count();
        return measures == 0 || stuck.stream().anyMatch(Judgement::isWhole) ? 0 : 1 - (double) stuck.size() / measures;
    }

    private static boolean isWhole(Run run) {
        return run.channel().startsWith("all-");
    }

    // ---- what its messages showed ------------------------------------------------------------------------------

    private boolean shows(History.Mark mark) {
        return record.history().shows(mark, previous == mark.symptom().fault().state());
    }

    private double credit(History.Mark mark) {
        return mark.symptom() == Symptom.FOREIGN_BOOT
                ? CREDIT_OF_SHARED_ID
                : 1 - (double) record.history().count(mark) / record.history().among(mark.symptom());
    }

    private Finding finding(History.Mark mark, double credit) {
        return new Finding(
                mark.symptom().fault(),
                credit,
                Instant.ofEpochMilli(mark.sinceMillis()),
                mark.detail() + " (" + record.history().count(mark) + " of the last "
                        + record.history().among(mark.symptom()) + " readings)");
    }

    // ---- its clock ---------------------------------------------------------------------------------------------

    private Optional<Finding> clock() {
        Optional<Finding> ahead = record.history()
                .mark(Symptom.FROM_THE_FUTURE)
                .filter(this::shows)
                .map(mark -> finding(mark, CREDIT_OF_WRONG_CLOCK));
        return ahead.isPresent()
                ? ahead
                : record.arrivals()
                        .behind(intakeSince.toEpochMilli(), uploadInterval)
                        .map(behind -> new Finding(
                                Fault.CLOCK_SKEWED,
                                CREDIT_OF_WRONG_CLOCK,
                                Instant.ofEpochMilli(behind.sinceMillis()),
                                "its readings are at least " + Duration.ofSeconds(behind.byMillis() / 1000)
                                        + " old when they come: its clock is behind"));
    }

    // ---- others ------------------------------------------------------------------------------------------------

    private Optional<Finding> channels() {
        Neighbourhood neighbourhood = record.neighbourhood();
        return neighbourhood.channelsDisagree()
                ? Optional.of(new Finding(
                        Fault.CHANNELS_DISAGREE,
                        1 - (double) neighbourhood.disagreeingHours() / neighbourhood.compared(),
                        healthySince(),
                        "the channels of its instrument disagreed in " + neighbourhood.disagreeingHours()
                                + " of the last " + neighbourhood.compared() + " hours"))
                : Optional.empty();
    }

    private Optional<Finding> drift() {
        return record.neighbourhood().departures().stream()
                .filter(Departure::drifts)
                .max(Comparator.comparingDouble(departure -> Math.abs(Math.log(departure.factor()))))
                .map(departure -> new Finding(
                        Fault.DRIFT,
                        CREDIT_OF_DRIFT,
                        Instant.ofEpochMilli(departure.sinceMillis()),
                        String.format(
                                Locale.ROOT,
                                "beside its neighbours %s is %.1f times what is usual",
                                departure.measure(),
                                departure.factor())));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
