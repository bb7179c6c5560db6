package org.citystream.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.simulator.plan.Lindholm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of fault does to two hours of a detector with two lanes and of an air station, from noon on. */
class FaultsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String LOOP = "loop-lind-in-05";
    private static final String STATION = "air-lind-05";
    private static final int MINUTES = 120;
    private static final int HEALTHY = 2 * MINUTES + MINUTES / 5;

    private final List<Sensor> sensors = Lindholm.city().sensors();

    @Test
    void aSilentSensorSaysNothingUntilItIsRepaired() {
        List<Transmission> sent = send("silent:from=PT30M,for=PT30M");

        assertThat(sent).hasSize(HEALTHY - 2 * 30 - 6);
        assertThat(sent)
                .noneMatch(message -> message.report().observedAt().isAfter(NOON.plusSeconds(1_800))
                        && !message.report().observedAt().isAfter(NOON.plusSeconds(3_600)));
    }

    @Test
    void aLossyLineLosesItsShare() {
        assertThat(send("silent:rate=0.3").size()).isBetween((int) (HEALTHY * 0.6), (int) (HEALTHY * 0.8));
    }

    @Test
    void aStuckSensorRepeatsItsFirstValuesLaneByLaneUnderFreshTimes() {
        List<Transmission> sent = send("stuck:from=PT10M");

        List<TrafficReading> second = traffic(sent).stream()
                .filter(reading -> Objects.equals(reading.laneId(), 2))
                .filter(reading -> reading.observedAt().isAfter(NOON.plusSeconds(600)))
                .toList();
        assertThat(second).hasSize(110);
        assertThat(second.stream().map(TrafficReading::averageSpeedKmh).distinct())
                .hasSize(1);
        assertThat(second.stream().map(TrafficReading::observedAt).distinct()).hasSize(110);
        assertThat(second.get(0).averageSpeedKmh())
                .isEqualTo(healthyTraffic(11, 2).averageSpeedKmh());
        assertThat(air(sent).stream()
                        .filter(reading -> reading.observedAt().isAfter(NOON.plusSeconds(600)))
                        .map(AirQualityReading::pm25UgM3)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void spikesAreFewAndHigh() {
        List<AirQualityReading> air = air(send("spike:rate=0.2,by=10"));

        long spikes = air.stream()
                .filter(reading -> Objects.requireNonNull(reading.pm25UgM3()) > 80)
                .count();
        assertThat(spikes).isBetween(1L, 12L);
    }

    @Test
    void aDriftGrowsWithTime() {
        List<AirQualityReading> air = air(send("drift:by=0.5"));

        assertThat(air.get(11).pm25UgM3()).isCloseTo(1.5 * healthyAir(60), within(0.06));
        assertThat(air.get(23).pm25UgM3()).isCloseTo(2 * healthyAir(120), within(0.06));
    }

    @Test
    void aSaturatedInstrumentStandsAtItsStop() {
        List<Transmission> sent = send("saturation");

        assertThat(air(sent))
                .allSatisfy(reading -> assertThat(reading.pm25UgM3()).isEqualTo(999));
        assertThat(traffic(sent)).allSatisfy(reading -> {
            assertThat(reading.occupancy()).isEqualTo(1);
            assertThat(reading.vehicleCount()).isZero();
            assertThat(reading.averageSpeedKmh()).isNull();
        });
    }

    @Test
    void anOffsetShiftsAndNoiseScatters() {
        List<AirQualityReading> offset = air(send("offset:by=2"));
        List<AirQualityReading> noise = air(send("noise:by=2"));

        assertThat(offset.get(0).pm25UgM3()).isCloseTo(healthyAir(5) + 24, within(0.06));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < noise.size(); i++) {
            double error = Objects.requireNonNull(noise.get(i).pm25UgM3()) - healthyAir(5 * (i + 1));
            sum += error;
            squares += error * error;
        }
        assertThat(Math.abs(sum / noise.size())).isLessThan(14);
        assertThat(Math.sqrt(squares / noise.size())).isBetween(12.0, 36.0);
    }

    @ParameterizedTest
    @CsvSource({
        "'clock-skew:by=PT10M', 2026-11-23T12:11:00Z",
        "'clock-skew:by=-PT2H', 2026-11-23T10:01:00Z",
        "'clock-skew:to=1970', 1970-01-01T00:01:00Z",
        "'clock-skew:to=2106', 2106-02-07T06:28:15Z",
    })
    void aSkewedClockTellsAnotherTimeButSendsWhenItSends(String fault, Instant told) {
        List<Transmission> sent = send(fault);

        assertThat(sent).hasSize(HEALTHY);
        assertThat(sent.get(0).report().observedAt()).isEqualTo(told);
        assertThat(sent.get(0).sentAt()).isEqualTo(NOON.plusSeconds(65));
    }

    @Test
    void aLateBatchComesWholeAndInOrderWhenTheFaultEnds() {
        List<Transmission> sent = send("late-batch:from=PT10M,for=PT1H");

        Instant end = NOON.plus(Duration.ofMinutes(70));
        List<Transmission> late = sent.stream()
                .filter(message -> message.report().observedAt().isAfter(NOON.plusSeconds(600)))
                .filter(message -> !message.report().observedAt().isAfter(end))
                .toList();
        assertThat(sent).hasSize(HEALTHY);
        assertThat(late)
                .hasSize(2 * 60 + 12)
                .allSatisfy(message -> assertThat(message.sentAt()).isBetween(end, end.plusSeconds(30)));
        assertThat(late.stream()
                        .filter(message -> message.report().kind() == SensorKind.TRAFFIC)
                        .map(Transmission::sentAt))
                .isSorted();
    }

    @Test
    void aBatchIsUploadedEveryHoldOtherwise() {
        Set<Instant> uploads = new HashSet<>();
        send("late-batch:hold=PT30M,sensors=" + LOOP).stream()
                .filter(message -> message.report().kind() == SensorKind.TRAFFIC)
                .forEach(message -> uploads.add(
                        message.sentAt().minusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.MINUTES)));

        assertThat(uploads).hasSize(4);
    }

    @Test
    void someMessagesOvertakeOthersOnTheirWay() {
        List<Transmission> sent = new ArrayList<>(send("out-of-order:by=PT10M"));
        sent.sort(java.util.Comparator.comparing(Transmission::sentAt));

        List<Instant> observed =
                sent.stream().map(message -> message.report().observedAt()).toList();
        long inversions = 0;
        for (int i = 1; i < observed.size(); i++) {
            inversions += observed.get(i).isBefore(observed.get(i - 1)) ? 1 : 0;
        }
        assertThat(sent).hasSize(HEALTHY);
        assertThat(inversions).isGreaterThan(20);
    }

    @Test
    void duplicatesAreTheSameBytesLater() {
        List<Transmission> sent = send("duplicates:rate=0.25,by=PT20S");

        Set<String> distinct = new HashSet<>();
        sent.forEach(message -> distinct.add(text(message)));
        assertThat(distinct).hasSize(HEALTHY);
        assertThat(sent.size()).isBetween((int) (HEALTHY * 1.15), (int) (HEALTHY * 1.35));
    }

    @Test
    void malformedPayloadsAreNoReadings() {
        List<Transmission> sent = send("malformed:rate=1");

        assertThat(sent)
                .hasSize(HEALTHY)
                .allSatisfy(message ->
                        assertThat(isReading(message)).as(text(message)).isFalse());
        assertThat(sent.stream()
                        .map(FaultsTest::text)
                        .map(text -> text.replaceAll("[0-9]", ""))
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void wrongUnitsAreMilesAndMilligramsAndFahrenheit() {
        List<Transmission> sent = send("wrong-unit");

        double kmh = Objects.requireNonNull(healthyTraffic(1, 1).averageSpeedKmh());
        assertThat(traffic(sent).get(0).averageSpeedKmh()).isCloseTo(kmh / 1.609344, within(0.001));
        assertThat(air(sent).get(0).pm25UgM3()).isCloseTo(healthyAir(5) / 1000, within(0.0001));
        assertThat(air(sent).get(0).temperatureC()).isCloseTo(8 * 1.8 + 32, within(0.001));
    }

    @Test
    void twoDevicesWithOneIdInterleaveTheirBoots() {
        List<TrafficReading> traffic = traffic(send("identity-clash"));

        assertThat(traffic).hasSize(4 * MINUTES);
        assertThat(traffic.stream().map(TrafficReading::bootId).distinct()).hasSize(2);
        assertThat(traffic.stream().map(TrafficReading::sensorId).distinct()).containsExactly(LOOP);
        assertThat(traffic.get(0).bootId()).isNotEqualTo(traffic.get(1).bootId());
    }

    @Test
    void aRebootedSensorKeepsItsNewBootAndCountsFromZero() {
        List<TrafficReading> traffic = traffic(send("reboot:from=PT10M,for=PT1M,by=PT3M"));

        List<TrafficReading> after = traffic.stream()
                .filter(reading -> reading.observedAt().isAfter(NOON.plusSeconds(600)))
                .toList();
        assertThat(traffic).hasSize(2 * (MINUTES - 3));
        assertThat(after.get(0).observedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(14)));
        assertThat(after.stream().map(TrafficReading::bootId).distinct())
                .hasSize(1)
                .doesNotContain(traffic.get(0).bootId());
        assertThat(after.get(0).sequence()).isZero();
        assertThat(after.get(after.size() - 1).sequence()).isEqualTo(2L * 107 - 1);
    }

    @Test
    void aBurstAddsUpToWhatASingleMessageWouldHaveSaid() {
        List<TrafficReading> burst = traffic(send("burst:times=10,for=PT1M"));

        List<TrafficReading> lane = burst.stream()
                .filter(reading -> !reading.observedAt().isAfter(NOON.plusSeconds(60)))
                .filter(reading -> Objects.equals(reading.laneId(), 1))
                .toList();
        assertThat(lane).hasSize(10);
        assertThat(lane.stream()
                        .mapToInt(reading -> Objects.requireNonNull(reading.vehicleCount()))
                        .sum())
                .isEqualTo(healthyTraffic(1, 1).vehicleCount());
        assertThat(lane.stream()
                        .mapToInt(reading -> Objects.requireNonNull(reading.periodSeconds()))
                        .sum())
                .isEqualTo(60);
        assertThat(lane.stream().map(TrafficReading::sequence).distinct()).hasSize(10);
    }

    @Test
    void aSensorThatStartsSlowlyIsHeardMoreAndMore() {
        List<TrafficReading> traffic = traffic(send("slow-start:by=PT1H"));

        long early = traffic.stream()
                .filter(reading -> !reading.observedAt().isAfter(NOON.plusSeconds(1_200)))
                .count();
        long late = traffic.stream()
                .filter(reading -> reading.observedAt().isAfter(NOON.plusSeconds(3_600)))
                .count();
        assertThat(early).isBetween(1L, 20L);
        assertThat(late).isEqualTo(2 * 60);
    }

    static List<String> kinds() {
        return Faults.names();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSameSeedGivesTheSameMessagesAndEveryFaultIsInTheTruth(String kind) {
        List<String> first = texts(send(kind + ":from=PT20M,for=PT1H", 5));

        assertThat(texts(send(kind + ":from=PT20M,for=PT1H", 5))).isEqualTo(first);
        assertThat(first).as("the fault is felt").isNotEqualTo(texts(send("silent:sensors=air-lind-01", 5)));
        FaultySensors faulty = faulty(kind + ":share=0.1,kind=traffic,from=PT20M,for=PT1H", 5);
        Instant begins = NOON.plus(Duration.ofMinutes(20));
        assertThat(faulty.outbreaks(begins, begins.plusSeconds(60))).hasSize(7).allSatisfy(outbreak -> {
            assertThat(outbreak.name()).isEqualTo(kind);
            assertThat(faulty.strike(outbreak.sensorId())).isTrue();
            assertThat(outbreak.window()).isEqualTo(new Window(begins, begins.plusSeconds(3_600)));
        });
        assertThat(faulty.outbreaks(begins.plusSeconds(60), begins.plusSeconds(120)))
                .isEmpty();
    }

    @Test
    void targetsAreChosenByPatternKindAndShareAndAnotherSeedChoosesOthers() {
        List<String> some = struck("silent:share=0.2,sensors=loop-lind-ring-*+loop-lind-in-*", 1);

        assertThat(some).allMatch(id -> id.startsWith("loop-lind-ring-") || id.startsWith("loop-lind-in-"));
        assertThat(some.size()).isBetween(8, 10);
        assertThat(struck("silent:share=0.2,sensors=loop-lind-ring-*+loop-lind-in-*", 2))
                .isNotEqualTo(some);
        assertThat(struck("silent:kind=air", 1)).hasSize(12).allMatch(id -> id.startsWith("air-"));
        assertThat(struck("silent:share=0.0001", 1)).as("never none").hasSize(1);
    }

    @Test
    void aFaultMayComeAgainAndAgain() {
        List<TrafficReading> traffic = traffic(send("silent:for=PT5M,every=PT20M"));

        assertThat(traffic).hasSize(2 * (MINUTES - 6 * 5));
    }

    @Test
    void faultsAddUp() {
        List<TrafficReading> traffic = traffic(send("wrong-unit,duplicates:rate=1".replace(",", ";"), 1));

        assertThat(traffic).hasSize(4 * MINUTES);
        assertThat(traffic.get(0)).isEqualTo(traffic.get(1));
        assertThat(traffic.get(0).averageSpeedKmh()).isLessThan(45);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asleep",
                "silent:share",
                "silent:share=2",
                "silent:share=0",
                "silent:rate=0",
                "reboot:rate=0.5",
                "slow-start:rate=1",
                "silent:by=3",
                "spike:by=high",
                "silent:from=noon",
                "silent:for=-PT1H",
                "silent:every=PT1H",
                "silent:for=PT1H,every=PT30M",
                "silent:kind=noise",
                "clock-skew:to=1999",
                "burst:times=0",
                "silent:for=PT10S,every=PT30S"
            })
    void whatCannotBeUnderstoodIsRefused(String fault) {
        assertThatThrownBy(() -> FaultPlan.parse(fault)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A rate that is accepted means something. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aRateSparesMessages(String kind) {
        if (!Faults.named(kind).takesRate()) {
            assertThatThrownBy(() -> FaultPlan.parse(kind + ":rate=0.5")).hasMessageContaining("leave it out");
            return;
        }
        List<String> healthy = texts(send("silent:sensors=air-lind-01"));
        List<String> all = texts(send(kind + ":rate=1"));
        List<String> half = texts(send(kind + ":rate=0.5"));

        assertThat(half).isNotEqualTo(all).isNotEqualTo(healthy);
    }

    @Test
    void aBurstHasNoPartsShorterThanASecond() {
        List<TrafficReading> traffic = traffic(send("burst:times=100"));

        assertThat(traffic).hasSize(60 * 2 * MINUTES);
        assertThat(traffic)
                .allSatisfy(reading -> assertThat(reading.periodSeconds()).isEqualTo(1));
    }

    @Test
    void refusalsSayWhatThereIs() {
        assertThatThrownBy(() -> FaultPlan.parse("asleep")).hasMessageContaining("silent, stuck, spike");
        assertThatThrownBy(() -> FaultPlan.parse("spike:rat=0.1"))
                .hasMessageContaining("'rat=0.1'")
                .hasMessageContaining("rate, sensors, share");
        assertThatThrownBy(() -> faulty("silent:sensors=loop-nowhere-*", 1))
                .hasMessageContaining("strikes none of the city's sensors");
    }

    private List<String> struck(String fault, long seed) {
        FaultySensors faulty = faulty(fault, seed);
        return sensors.stream().map(Sensor::sensorId).filter(faulty::strike).toList();
    }

    private FaultySensors faulty(String faults, long seed) {
        List<FaultPlan> plans =
                List.of(faults.split(";")).stream().map(FaultPlan::parse).toList();
        return new FaultySensors(plans, sensors, seed, List.of(NOON));
    }

    private List<Transmission> send(String faults) {
        return send(faults, 1);
    }

    /** Two hours of a detector and a station under faults, in the order in which they were said. */
    private List<Transmission> send(String faults, long seed) {
        FaultySensors faulty = faulty(faults, seed);
        List<Transmission> sent = new ArrayList<>();
        for (int minute = 1; minute <= MINUTES; minute++) {
            Instant end = NOON.plusSeconds(minute * 60L);
            for (int lane = 1; lane <= 2; lane++) {
                sent.addAll(faulty.pass(new Transmission(Report.of(healthyTraffic(minute, lane)), end.plusSeconds(5))));
            }
            if (minute % 5 == 0) {
                sent.addAll(faulty.pass(new Transmission(Report.of(healthy(minute)), end.plusSeconds(7))));
            }
        }
        return sent;
    }

    private static TrafficReading healthyTraffic(int minute, int lane) {
        Instant end = NOON.plusSeconds(minute * 60L);
        double speed = 60 + (minute * 7 + lane * 3) % 11;
        return new TrafficReading(
                LOOP,
                end,
                60,
                "aa01",
                2L * minute + lane,
                lane,
                10 + minute % 5,
                speed,
                0.1,
                null,
                null,
                null,
                null,
                null);
    }

    private static double healthyAir(int minute) {
        return 10 + minute % 7;
    }

    private static AirQualityReading healthy(int minute) {
        Instant end = NOON.plusSeconds(minute * 60L);
        double pm25 = healthyAir(minute);
        return new AirQualityReading(
                STATION,
                end,
                300,
                "bb02",
                (long) minute / 5,
                pm25,
                pm25 + 6,
                30.0,
                50.0,
                3.0,
                0.3,
                8.0,
                0.8,
                3.0,
                230.0,
                null,
                null,
                null,
                null,
                null);
    }

    private static List<TrafficReading> traffic(List<Transmission> sent) {
        return sent.stream()
                .filter(message -> message.report().kind() == SensorKind.TRAFFIC)
                .map(message -> JsonCodec.read(message.payload(), TrafficReading.class))
                .toList();
    }

    private static List<AirQualityReading> air(List<Transmission> sent) {
        return sent.stream()
                .filter(message -> message.report().kind() == SensorKind.AIR)
                .map(message -> JsonCodec.read(message.payload(), AirQualityReading.class))
                .toList();
    }

    private static boolean isReading(Transmission message) {
        try {
            TrafficReading reading = JsonCodec.strict().readValue(message.payload(), TrafficReading.class);
            return reading != null && reading.sensorId() != null && reading.observedAt() != null;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static String text(Transmission message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<Transmission> sent) {
        return sent.stream()
                .map(message -> message.sentAt() + " " + text(message))
                .toList();
    }
}
