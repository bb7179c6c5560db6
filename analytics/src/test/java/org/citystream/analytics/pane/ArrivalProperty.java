package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.citystream.testsupport.arrival.Arrival;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.Delivery;
import org.citystream.testsupport.arrival.LyingClock;
import org.citystream.testsupport.arrival.Outcome;
import org.citystream.testsupport.arrival.Sent;
import org.citystream.testsupport.arrival.Shrinking;
import org.jspecify.annotations.Nullable;

/**
 * What results must not depend on, for any fold: the order of arrival within the horizon, repetitions, how readings are
 * spread over partitions and batches, one partition standing still, one sensor uploading late, and other sensors' clocks.
 *
 * <p>The default run tries a few hundred cases; {@code -Dcitystream.arrival-cases=10000} tries as many as it says. Case n
 * is made from seed n, so that a longer run repeats a shorter one's; {@code -Dcitystream.arrival-seed=n,m} tries those alone.
 *
 * @param <R> reading as on its topic
 * @param cities makes the city of a seed, over about this length of time
 * @param subjects makes the subjects of a city under a kernel of this timing
 * @param observations what a kernel is given of a reading
 * @param withClock the same reading, observed by another clock
 * @param timings to be tried, and how often: long horizons are dear and find little that short ones do not
 */
public record ArrivalProperty<R, S, U>(
        BiFunction<Random, PaneTiming, City<R>> cities,
        Function<PaneTiming, PaneCity<S, U>> subjects,
        BiFunction<PaneCity<S, U>, R, Observation> observations,
        BiFunction<R, Instant, R> withClock,
        Map<PaneTiming, Integer> timings) {
    /** None where only the verdict counts, as under mutation testing. */
    private static final int SHRINKING_ATTEMPTS = Integer.getInteger("citystream.arrival-shrinking", 2_000);

    private static final int ARRIVALS_SHOWN = 30;
    private static final Duration STALE_CHECK = Duration.ofHours(1);
    /** Of the gateway: a reading from further ahead is refused. */
    private static final long FUTURE_MILLIS = 120_000;
    /** As in the engine before its first watermark. */
    private static final Instant BEFORE_ALL_TIME = Instant.parse("0001-01-01T00:00:05Z");

    /** The seeds to try. */
    public static LongStream seeds(int byDefault) {
        String some = System.getProperty("citystream.arrival-seed");
        return some != null
                ? Stream.of(some.split(",")).mapToLong(Long::parseLong)
                : LongStream.range(0, Integer.getInteger("citystream.arrival-cases", byDefault));
    }

    /** One case: a city, a way of arriving, and a way of reading the partitions. */
    private record Case<R>(
            long seed,
            PaneTiming timing,
            City<R> city,
            @Nullable String liar,
            @Nullable LyingClock lie,
            Delivery delivery,
            int clockEvery,
            int groupsEvery,
            int stalledPartition,
            boolean inBytes) {

        @Override
        public String toString() {
            return "seed " + seed + ", horizon " + timing.horizon() + ", liar " + liar + " " + lie + ", " + delivery
                    + ", clock moves every " + clockEvery + " records, for groups every " + groupsEvery
                    + " moves, stalled partition " + stalledPartition
                    + (inBytes ? ", state in bytes" : "");
        }
    }

    /** What became of a run. */
    private record Run(Outcome outcome, String imbalance) {}

    /** Tries one seed, and gives what the orderly run came to. */
    public Outcome holds(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Case<R> tried = draw(seed, random);
        List<List<Arrival<R>>> partitions = tried.delivery().of(tried.city().sent(), start(tried), end(tried));
        Outcome clean = clean(tried, tried.city().sent());
        String difference = difference(tried, clean, partitions);
        if (!difference.isEmpty()) {
            fail(difference + "\n" + tried + "\n" + shrunk(tried, partitions));
        }
        return clean;
    }

    private Case<R> draw(long seed, Random random) {
        PaneTiming timing = timing(random);
        City<R> city = cities.apply(random, timing);
        String liar = null;
        LyingClock lie = null;
        if (random.nextInt(4) == 0) {
            liar = city.sensorIds().get(random.nextInt(city.sensorIds().size()));
            lie = LyingClock.random(random, city.from().toEpochMilli());
            LyingClock clock = lie;
            city = city.with(
                    liar, sent -> withClock.apply(sent.reading(), Instant.ofEpochMilli(clock.shows(sent.at()))));
        }
        Delivery delivery = Delivery.random(random, timing.horizon(), city.sensorIds());
        int[] every = {1, 3, 30, 300, 100_000};
        int groupsEvery = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 1;
        int stalled = random.nextInt(3) == 0 ? random.nextInt(delivery.partitions()) : -1;
        return new Case<>(
                seed,
                timing,
                city,
                liar,
                lie,
                delivery,
                every[random.nextInt(every.length)],
                groupsEvery,
                stalled,
                random.nextInt(4) == 0);
    }

    private PaneTiming timing(Random random) {
        List<PaneTiming> each = timings.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream())
                .toList();
        return each.get(random.nextInt(each.size()));
    }

    private static long start(Case<?> tried) {
        return tried.city().from().toEpochMilli();
    }

    /** When everything has arrived, settled and closed, and stale episodes have been held against the rules once more. */
    private static long end(Case<?> tried) {
        Duration after = tried.timing()
                .horizon()
                .plus(tried.timing().pane().multipliedBy(4))
                .plus(STALE_CHECK)
                .plusMinutes(10);
        return tried.city().to().plus(after).toEpochMilli();
    }

    /** The same readings, truthful, in order, once, the clock moving steadily. */
    private Outcome clean(Case<R> tried, List<Sent<R>> sent) {
        List<Sent<R>> honest = sent.stream()
                .filter(each -> !each.sensorId().equals(tried.liar()))
                .toList();
        Case<R> orderly = new Case<>(
                tried.seed(),
                tried.timing(),
                tried.city(),
                null,
                null,
                Delivery.punctual(tried.timing().horizon()),
                1,
                1,
                -1,
                false);
        Run run = run(orderly, orderly.delivery().of(honest, start(tried), end(tried)));
        assertThat(run.imbalance()).as("clean run of " + tried).isEmpty();
        return honest(tried, run.outcome());
    }

    private static Outcome honest(Case<?> tried, Outcome outcome) {
        if (tried.liar() == null) {
            return outcome;
        }
        Set<String> dishonest = tried.city().subjectsOf(tried.liar());
        return outcome.only(subject -> !dishonest.contains(subject));
    }

    private String difference(Case<R> tried, Outcome clean, List<List<Arrival<R>>> partitions) {
        Run run = run(tried, partitions);
        return run.imbalance() + honest(tried, run.outcome()).difference(clean);
    }

    // ---- reading partitions as an engine does ------------------------------------------------------------------

    private Run run(Case<R> tried, List<List<Arrival<R>>> partitions) {
        PaneCity<S, U> city = subjects.apply(tried.timing());
        if (!tried.inBytes()) {
            city.keepObjects();
        }
        city.groupsLag(tried.groupsEvery());
        tried.city().sensors().forEach(city::add);
        tried.city().rules().forEach(city::add);
        city.clock(BEFORE_ALL_TIME);
        city.groupsCatchUp();
        Balance balance = new Balance(tried.timing());
        long[] clocks = new long[partitions.size()];
        Arrays.fill(clocks, Long.MIN_VALUE);
        int records = 0;
        for (Arrival<R> arrival : merged(tried, partitions)) {
            if (arrival.sent() != null) {
                balance.receives(city, observations.apply(city, arrival.sent().reading()), arrival.clockAt());
            }
            clocks[arrival.partition()] = Math.max(clocks[arrival.partition()], arrival.clockAt());
            records++;
            if (records % tried.clockEvery() == 0) {
                moveClock(city, clocks);
            }
        }
        moveClock(city, clocks);
        city.groupsCatchUp();
        return new Run(city.outcome(), balance.imbalance(city));
    }

    private static void moveClock(PaneCity<?, ?> city, long[] clocks) {
        long slowest = LongStream.of(clocks).min().orElseThrow();
        if (slowest > city.clock().toEpochMilli()) {
            city.clock(Instant.ofEpochMilli(slowest));
        }
    }

    /** Partitions each in order, mixed at random; a stalled one is read to its middle, and on when all others have ended. */
    private static <R> List<Arrival<R>> merged(Case<R> tried, List<List<Arrival<R>>> partitions) {
        if (partitions.size() == 1) {
            return partitions.get(0);
        }
        Random random = new Random(tried.seed());
        int[] next = new int[partitions.size()];
        List<Arrival<R>> merged = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            int partition = open.get(random.nextInt(open.size()));
            List<Arrival<R>> records = partitions.get(partition);
            boolean stalls = partition == tried.stalledPartition() && open.size() > 1;
            int until = stalls ? records.size() / 3 : records.size();
            int to = Math.min(until, next[partition] + 1 + random.nextInt(20));
            merged.addAll(records.subList(next[partition], Math.max(next[partition], to)));
            next[partition] = Math.max(next[partition], to);
            if (next[partition] == records.size()) {
                open.remove((Integer) partition);
            }
        }
        return merged;
    }

    /** Counts what becomes of readings: at the gateway, at the gate of lateness, in the panes. */
    private static final class Balance {
        private final long horizonMillis;
        private final Set<List<Object>> identities = new HashSet<>();
        private int in;
        private int late;

        Balance(PaneTiming timing) {
            this.horizonMillis = timing.horizon().toMillis();
        }

        void receives(PaneCity<?, ?> city, Observation reading, long clockAt) {
            if (reading.observedAt() > clockAt + FUTURE_MILLIS) {
                return;
            }
            in++;
            if (reading.observedAt() < clockAt - horizonMillis) {
                late++;
                return;
            }
            city.receives(reading);
            identities.add(List.of(reading.sensorId(), reading.laneId(), reading.boot(), reading.number()));
        }

        String imbalance(PaneCity<?, ?> city) {
            int counted = city.intake(Intake.COUNTED);
            int duplicate = city.intake(Intake.DUPLICATE);
            int behind = city.intake(Intake.BEHIND_SNAPSHOT);
            int lost = city.partsLost();
            boolean balanced =
                    in == counted + duplicate + late && behind == 0 && counted == identities.size() && lost == 0;
            return balanced
                    ? ""
                    : "in " + in + ", counted " + counted + " of " + identities.size() + " different, duplicate "
                            + duplicate + ", late " + late + ", behind the snapshot " + behind + ", parts lost " + lost
                            + "\n";
        }
    }

    // ---- for people --------------------------------------------------------------------------------------------

    /** Fewest arrivals that still fail. */
    private String shrunk(Case<R> tried, List<List<Arrival<R>>> partitions) {
        List<Arrival<R>> all = partitions.stream()
                .flatMap(List::stream)
                .filter(arrival -> arrival.sent() != null)
                .toList();
        List<Arrival<R>> few = Shrinking.smallest(
                all,
                SHRINKING_ATTEMPTS,
                some -> !retried(tried, partitions, some).isEmpty());
        StringBuilder text = new StringBuilder("fewest arrivals that fail: " + few.size() + "\n");
        few.stream()
                .sorted(Comparator.comparingLong(Arrival::clockAt))
                .limit(ARRIVALS_SHOWN)
                .forEach(arrival -> text.append(Instant.ofEpochMilli(arrival.clockAt()))
                        .append(" partition ")
                        .append(arrival.partition())
                        .append(": ")
                        .append(arrival.sent())
                        .append('\n'));
        Set<String> named = new TreeSet<>();
        few.forEach(arrival ->
                named.add(arrival.sent() == null ? "" : arrival.sent().sensorId()));
        tried.city().sensors().stream()
                .filter(sensor -> named.contains(sensor.sensorId()))
                .forEach(sensor -> text.append(sensor).append('\n'));
        return text.append("with these alone: ")
                .append(retried(tried, partitions, few))
                .toString();
    }

    private String retried(Case<R> tried, List<List<Arrival<R>>> partitions, List<Arrival<R>> kept) {
        Set<Arrival<R>> some = new HashSet<>(kept);
        List<List<Arrival<R>>> fewer = partitions.stream()
                .map(records -> records.stream()
                        .filter(arrival -> arrival.sent() == null || some.contains(arrival))
                        .toList())
                .toList();
        List<Sent<R>> sent = kept.stream()
                .map(Arrival::sent)
                .distinct()
                .sorted(Comparator.comparingLong(Sent::at))
                .toList();
        return difference(tried, clean(tried, sent), fewer);
    }
}
