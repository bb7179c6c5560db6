package org.citystream.jobs.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citystream.jobs.arrival.FlinkCluster.Settings;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.Delivery;
import org.citystream.testsupport.arrival.Outcome;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Results do not depend on arrival, on Flink: each run ends equal to one over the same readings in order, and accounts for
 * every reading. More seeds: {@code -Dcitystream.topology-cases=50}.
 */
class TopologyArrivalTest {
    private static final int CASES = 2;
    private static final int LIVE_STEPS = 60;

    @RegisterExtension
    static final FlinkCluster CLUSTER = new FlinkCluster();

    private static final Map<String, Outcome> ordered = new HashMap<>();

    @TempDir
    static Path directory;

    static Stream<Arguments> cases() {
        return LongStream.range(0, Integer.getInteger("citystream.topology-cases", CASES))
                .boxed()
                .flatMap(seed -> Stream.of(Topology.TRAFFIC, Topology.AIR).map(each -> Arguments.of(each, seed)));
    }

    /** A city, and one way in which its readings arrive: in four partitions, in any order, again and again. */
    private record Case<R>(Topology<R> topology, long seed, City<R> city) {
        static <R> Case<R> of(Topology<R> topology, long seed) {
            return new Case<>(topology, seed, topology.city(seed));
        }

        Arrivals arrivals(int way) {
            Random random = new Random(seed * 31 + way);
            String uploader =
                    city.sensorIds().get(random.nextInt(city.sensorIds().size()));
            Delivery delivery =
                    new Delivery(random.nextLong(), topology.timing().horizon(), 4, 0.3, 0.1, 0.2, uploader);
            return topology.arrivals(city, delivery);
        }

        Arrivals inOrder() {
            return topology.arrivals(city, Delivery.punctual(topology.timing().horizon()));
        }

        TopologyRun bounded(Arrivals arrivals) throws Exception {
            return TopologyRun.bounded(CLUSTER, directory, topology, city, arrivals);
        }

        TopologyRun following(Recording<Reading> recording, Settings settings) throws Exception {
            return TopologyRun.following(CLUSTER, directory, topology, city, recording, settings);
        }

        Map<String, Long> saved(String savepoint) throws Exception {
            return CLUSTER.saved(savepoint);
        }

        /** What the run over readings in order came to. */
        Outcome ordered() throws Exception {
            Outcome known = ordered.get(topology.name() + seed);
            if (known == null) {
                Arrivals arrivals = inOrder();
                TopologyRun run = bounded(arrivals);
                arrivals.areConservedIn(run.counts());
                known = run.told().outcome();
                assertThat(known.summaries()).isGreaterThan(100);
                assertThat(known.episodes()).isPositive();
                ordered.put(topology.name() + seed, known);
            }
            return known;
        }

        void isEqualTo(Told told) throws Exception {
            assertThat(told.outcome().difference(ordered())).isEmpty();
        }
    }

    private static Recording<Reading> recording(Arrivals arrivals) {
        return new Recording<>(arrivals.partitions(), Reading::clockAt);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void inputThatEndsIsDecidedAsFarAsItsClockWent(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.arrivals(1);
        TopologyRun whole = tried.bounded(arrivals);
        tried.isEqualTo(whole.told());
        arrivals.areConservedIn(whole.counts());

        Arrivals half = arrivals.settledAfter(arrivals.middle());
        TopologyRun ended = tried.bounded(half);
        TopologyRun stopped = tried.following(recording(half), Settings.PLAIN).readsUp();
        stopped.stop();
        assertThat(ended.told().outcome().difference(stopped.told().outcome()))
                .as("the end of input decides nothing that the clock had not")
                .isEmpty();
        half.areConservedIn(ended.counts());
        half.areConservedIn(stopped.counts());
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void aPartitionThatStallsForLongerThanTheHorizonLosesNothing(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.arrivals(2);
        Recording<Reading> recording = recording(arrivals);
        long stalledAt = arrivals.partitions().get(1).get(0).clockAt()
                + (arrivals.middle() - arrivals.partitions().get(1).get(0).clockAt()) / 2;
        assertThat(recording.end() - stalledAt)
                .isGreaterThan(topology.timing().horizon().toMillis());
        recording.door(1, stalledAt);

        TopologyRun run = tried.following(recording, Settings.PLAIN).readsUp();
        assertThat(run.told().summaries().stream()
                        .map(record -> JsonCodec.read(record.json(), JsonNode.class))
                        .filter(summary -> summary.path("final").asBoolean()))
                .as("time stands still with the partition")
                .allSatisfy(summary -> assertThat(
                                Instant.parse(summary.path("windowEnd").asText()))
                        .isBefore(Instant.ofEpochMilli(stalledAt)));
        recording.door(1, Long.MAX_VALUE);
        String savepoint = run.readsUp().stop();

        tried.isEqualTo(run.told());
        arrivals.areConservedIn(run.counts());
        arrivals.areConservedIn(tried.saved(savepoint));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void liveReplayedAndBoundedRunsAreEqual(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.arrivals(3);
        Recording<Reading> recording = recording(arrivals);
        recording.doors(Long.MIN_VALUE);
        TopologyRun live = tried.following(recording, Settings.PLAIN);
        play(recording, arrivals);
        live.readsUp().stop();
        TopologyRun replayed = tried.following(recording(arrivals), Settings.PLAIN.withParallelism(3))
                .readsUp();
        replayed.stop();
        TopologyRun bounded = tried.bounded(arrivals);

        Map<String, TopologyRun> runs = Map.of("live", live, "replayed", replayed, "bounded", bounded);
        for (Map.Entry<String, TopologyRun> run : runs.entrySet()) {
            arrivals.areConservedIn(run.getKey(), run.getValue().counts());
            tried.isEqualTo(run.getValue().told());
        }
    }

    /** Opens the doors steadily, so that the whole recording takes about two seconds. */
    private static void play(Recording<Reading> recording, Arrivals arrivals) {
        long from = arrivals.partitions().get(0).get(0).clockAt();
        long step = (recording.end() - from) / LIVE_STEPS + 1;
        AtomicLong clock = new AtomicLong(from);
        ScheduledExecutorService player = Executors.newSingleThreadScheduledExecutor();
        player.scheduleAtFixedRate(() -> recording.doors(clock.addAndGet(step)), 0, 30, TimeUnit.MILLISECONDS);
        Awaitility.await().until(() -> clock.get() >= recording.end());
        player.shutdown();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void savepointsInTheMiddleAndAnotherParallelismChangeNothing(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.arrivals(4);
        Recording<Reading> recording = recording(arrivals);
        recording.doors(arrivals.middle());
        TopologyRun before =
                tried.following(recording, Settings.PLAIN.withStateOnDisk()).readsUp();
        String middle = before.stop();
        arrivals.until(arrivals.middle()).areConservedIn(tried.saved(middle));

        // Stopped again wherever it is: it may have read all of it and decided nothing.
        recording.doors((arrivals.middle() + recording.end()) / 2);
        TopologyRun hasty =
                tried.following(recording, Settings.PLAIN.withParallelism(3).withRestoreFrom(middle));
        String early = hasty.stop();
        recording.doors(Long.MAX_VALUE);
        TopologyRun after = tried.following(
                        recording, Settings.PLAIN.withParallelism(2).withRestoreFrom(early))
                .readsUp();
        String end = after.stop();

        tried.isEqualTo(before.told().then(hasty.told()).then(after.told()));
        arrivals.areConservedIn(after.counts());
        arrivals.areConservedIn(tried.saved(end));
    }

    /** With sinks that write exactly once: what others wrote since the checkpoint stays written. */
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void aJobThatFailsInTheMiddleGoesOnFromItsCheckpoint(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.arrivals(5);
        Recording<Reading> recording = recording(arrivals);
        recording.doors(arrivals.middle());
        TopologyRun run =
                tried.following(recording, Settings.PLAIN.withFailures(1)).readsUp();
        run.checkpoints();
        recording.failOnceAfter(arrivals.partitions().get(0).size() * 3 / 4);
        recording.doors(Long.MAX_VALUE);
        // Until all tasks run again the recording may still show what they had read before the failure.
        run.readsUp().checkpoints();
        String end = run.readsUp().stop();

        tried.isEqualTo(run.told());
        arrivals.areConservedIn(tried.saved(end));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void fewerPartitionsThanSubtasksChangeNothing(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.inOrder();
        TopologyRun run = tried.following(recording(arrivals), Settings.PLAIN.withParallelism(4))
                .readsUp();
        run.stop();

        tried.isEqualTo(run.told());
        arrivals.areConservedIn(run.counts());
    }

    /** What is late goes out whole, with how late it is; nothing else does. */
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void lateReadingsAreWrittenWhole(Topology<?> topology, long seed) throws Exception {
        Case<?> tried = Case.of(topology, seed);
        Arrivals arrivals = tried.arrivals(6);
        TopologyRun run = tried.bounded(arrivals);

        List<String> expected = new ArrayList<>();
        arrivals.partitions()
                .forEach(records -> records.stream()
                        .filter(arrivals::isLate)
                        .forEach(reading -> expected.add(lateRecord(reading))));
        assertThat(expected).isNotEmpty();
        assertThat(run.told().late().stream().map(KeyedJson::toString)).containsExactlyInAnyOrderElementsOf(expected);
        arrivals.areConservedIn(run.counts());
    }

    private static String lateRecord(Reading reading) {
        String json = new String(reading.json(), StandardCharsets.UTF_8);
        long lateBySeconds = (reading.clockAt() - reading.observedAt()) / 1000;
        return reading.sensorId() + "=" + json.substring(0, json.length() - 1) + ",\"lateBySeconds\":" + lateBySeconds
                + "}";
    }
}
