package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import org.assertj.core.data.Percentage;
import org.citystream.analytics.airquality.AirCity;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** State of a key in bytes, written with the codecs that the jobs use: the table of {@code docs/kernel.md}. */
class StateSizeTest {
    private static final Instant FROM = Instant.parse("2026-11-23T00:00:00Z");
    private static final int CELL_AT_MOST = 32;
    private static final int PART_CELL_AT_MOST = CELL_AT_MOST;
    private static final int AIR_CELL_AT_MOST = 56;
    private static final int DISTRICT_CELL_AT_MOST = 200;
    /** What is measured may be so far from what is stated, either way. */
    private static final Percentage TOLERATED = Percentage.withPercentage(10);

    private static final String SEGMENT = "ring-1";
    private static final String CORRIDOR = "ring";

    /**
     * What the documentation states of a key, in bytes.
     *
     * @param cellAtMost no cell is larger
     * @param mark in the mean
     * @param all panes, marks and the rest
     */
    private record Stated(int cellAtMost, int mark, int rest, int all) {}

    private final Random random = new Random(1);

    @Test
    void aLoopThatNumbersItsReadings() {
        measure(SEGMENT, roads(8, loop("loop-0421", 60, 0)), new Stated(CELL_AT_MOST, 2_000, 6_500, 42_000));
    }

    @Test
    void aLoopKnownByTimeAlone() {
        measure(SEGMENT, roads(8, loop("time-0421", 60, 0)), new Stated(CELL_AT_MOST, 2_000, 6_500, 38_500));
    }

    @Test
    void aGantryOfThreeLanesTwiceAMinute() {
        measure(SEGMENT, roads(8, loop("gantry-21", 30, 3)), new Stated(CELL_AT_MOST, 1_150, 1_300, 51_000));
    }

    @Test
    void aCorridorOfTenSegments() {
        Sensor[] loops = new Sensor[10];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = onCorridor("loop-0" + i, i);
        }
        measure(CORRIDOR, roads(2, loops), new Stated(PART_CELL_AT_MOST, 5_700, 23_000, 136_000));
    }

    @Test
    void aStationWithFourPollutants() {
        PaneCity<?, ?> city = new PaneCity<>(
                AirFold::new,
                PaneTiming.AIR,
                hour -> hour.summary().windowStart(),
                hour -> hour.summary().revision());
        RuleCodec.defaultRules().forEach(city::add);
        List<Observation> readings = new ArrayList<>();
        for (int i = 1; i <= 4 * 24 * 5; i++) {
            double[] values = {
                tenths(3, 40),
                tenths(8, 60),
                tenths(10, 90),
                tenths(5, 120),
                Double.NaN,
                Double.NaN,
                tenths(-5, 25),
                (40 + random.nextInt(60)) / 100.0,
                tenths(0, 9),
                random.nextInt(360)
            };
            long end = FROM.plusSeconds(900L * i).toEpochMilli();
            readings.add(AirObservations.of("station-1", "air-07", end, 900_000, "01", i, values)
                    .from(OffsetRanges.of(2, 4_000_000 + 97L * i)));
        }
        live(city, readings, Duration.ofMinutes(5));
        measure("station-1", city, new Stated(AIR_CELL_AT_MOST, 1_900, 18_700, 33_000));
    }

    @Test
    void aDistrictOfTenStations() {
        AirCity city = new AirCity(PaneTiming.AIR);
        RuleCodec.defaultRules().forEach(city::add);
        List<Observation> readings = new ArrayList<>();
        for (int station = 0; station < 10; station++) {
            city.with("air-0" + station, null, "centre");
        }
        for (int hour = 1; hour <= 24 * 5; hour++) {
            long end = FROM.plusSeconds(3600L * hour).toEpochMilli();
            for (int station = 0; station < 10; station++) {
                double[] values = {
                    12.3, 25, 62.1 + random.nextInt(300) / 10.0, 40, Double.NaN, Double.NaN, 6.5, 0.81, 2.2, 240
                };
                readings.add(
                        AirObservations.of("air-0" + station, "air-0" + station, end, 3_600_000, "01", hour, values));
            }
        }
        live(city, readings, Duration.ofMinutes(30));
        measure("centre", city.districts(), new Stated(DISTRICT_CELL_AT_MOST, 2_600, 4_600, 41_000));
    }

    private double tenths(int from, int to) {
        return (10 * from + random.nextInt(10 * (to - from))) / 10.0;
    }

    /** Some days of readings, a minute's traffic each, all punctual. */
    private PaneCity<?, ?> roads(int days, Sensor... sensors) {
        PaneCity<?, ?> city = new PaneCity<>(
                TrafficFold::new, PaneTiming.TRAFFIC, TrafficSummary::windowStart, TrafficSummary::revision);
        PaneCity<?, ?> corridors = new PaneCity<>(
                CorridorFold::new,
                PaneTiming.TRAFFIC.ofGroups(),
                CorridorSummary::windowStart,
                CorridorSummary::revision);
        corridors.keepObjects();
        city.keepObjects();
        city.tells(corridors);
        RuleCodec.defaultRules().forEach(city::add);
        List<Observation> readings = new ArrayList<>();
        for (Sensor sensor : sensors) {
            city.add(sensor);
            readings.addAll(readings(sensor, days));
        }
        readings.sort(Comparator.comparingLong(Observation::observedAt));
        live(city, readings, Duration.ofSeconds(30));
        return sensors.length > 1 ? corridors : city;
    }

    private List<Observation> readings(Sensor sensor, int days) {
        int interval = sensor.expectedInterval();
        boolean numbered = !sensor.sensorId().startsWith("time");
        int lanes = sensor.laneCount() == null ? 0 : sensor.laneCount();
        List<Observation> readings = new ArrayList<>();
        long sequence = 18_000;
        for (long second = interval; second <= 86_400L * days; second += interval) {
            for (int lane = Math.min(1, lanes); lane <= lanes; lane++) {
                Observation reading = TrafficMeasure.observation(
                        sensor.subjectId(),
                        sensor.sensorId(),
                        lane,
                        FROM.plusSeconds(second).toEpochMilli(),
                        interval * 1000L,
                        numbered ? "7f3a" : null,
                        sequence++,
                        1 + random.nextInt(30),
                        40 + random.nextInt(60),
                        random.nextInt(100) / 100.0);
                readings.add(reading.from(OffsetRanges.of(2, 40_000_000 + 997 * sequence)));
            }
        }
        return readings;
    }

    private static void live(PaneCity<?, ?> city, List<Observation> readings, Duration step) {
        city.clock(FROM);
        city.groupsCatchUp();
        for (Observation reading : readings) {
            Instant arrival = Instant.ofEpochMilli(reading.observedAt()).plusSeconds(2);
            if (Duration.between(city.clock(), arrival).compareTo(step) >= 0) {
                city.clock(arrival);
            }
            city.receives(reading);
        }
    }

    private static Sensor loop(String id, int interval, int lanes) {
        return sensor(id, SEGMENT, interval, lanes, null, null);
    }

    private static Sensor onCorridor(String id, int position) {
        return sensor(id, "ring-" + position, 60, 0, CORRIDOR, position * 500.0);
    }

    private static Sensor sensor(
            String id, String segment, int interval, int lanes, @Nullable String corridor, @Nullable Double positionM) {
        return new Sensor(
                id,
                SensorKind.TRAFFIC,
                "testville",
                null,
                null,
                segment,
                lanes == 0 ? null : lanes,
                corridor,
                positionM,
                null,
                Facility.FREEWAY,
                Measurement.POINT,
                100.0,
                null,
                null,
                interval,
                null,
                "UTC",
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }

    @SuppressWarnings("SystemOut")
    private <S> void measure(String subjectId, PaneCity<S, ?> city, Stated stated) {
        HeapMemory<S> memory = city.memory(subjectId);
        SortedMap<Long, Pane> panes = memory.panes(Long.MIN_VALUE, Long.MAX_VALUE);
        KeyState<S> state = Objects.requireNonNull(memory.state());
        PaneCodec codec = new PaneCodec();
        int cells = 0;
        int largestCell = 0;
        int cellBytes = 0;
        int bytes = 0;
        for (Pane pane : panes.values()) {
            bytes += Long.BYTES + size(codec, pane);
            for (Cell cell : pane.cells()) {
                int size = cellSize(codec, cell);
                cells++;
                cellBytes += size;
                largestCell = Math.max(largestCell, size);
            }
        }
        int marks = 0;
        for (long mark : state.marks) {
            marks += size(new FoldedCodec<>(city.codec()), Objects.requireNonNull(memory.mark(mark)));
        }
        int rest = size(new KeyStateCodec<>(city.codec()), state);
        int all = bytes + marks + rest;
        System.out.printf(
                "state of %s: %d panes of %d bytes with their keys, %d cells of %d bytes (largest %d) beside the sensor's id,"
                        + " %d marks of %d bytes, the rest %d bytes, all %d; its state in an event %d%n",
                subjectId,
                panes.size(),
                bytes / panes.size(),
                cells,
                cellBytes / cells,
                largestCell,
                state.marks.size(),
                marks / state.marks.size(),
                rest,
                all,
                SourceState.encoded(city.codec(), state.live.state()).length());
        assertThat(cells).isPositive();
        assertThat(largestCell).isLessThanOrEqualTo(stated.cellAtMost());
        assertThat(marks / state.marks.size()).as("a mark").isCloseTo(stated.mark(), TOLERATED);
        assertThat(rest).as("the rest").isCloseTo(stated.rest(), TOLERATED);
        assertThat(all).as("all").isCloseTo(stated.all(), TOLERATED);
    }

    /** What one cell more takes, without its sensor's id. */
    private static int cellSize(PaneCodec codec, Cell cell) {
        Cell first = new Cell("", 0, cell.sums.length);
        first.readings = 1;
        first.newestObservedAt = cell.newestObservedAt == Long.MIN_VALUE ? 0 : cell.newestObservedAt;
        int id = cell.sensorId.length() + 1;
        return size(codec, new Pane(List.of(first, cell))) - size(codec, new Pane(List.of(first))) - id;
    }

    private static <T> int size(Codec<T> codec, T value) {
        return Written.bytes(codec, value).length;
    }
}
