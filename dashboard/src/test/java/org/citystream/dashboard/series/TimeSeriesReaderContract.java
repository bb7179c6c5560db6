package org.citystream.dashboard.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.model.series.Series;
import org.citystream.model.series.TagText;
import org.citystream.testsupport.NaughtyStrings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every time-series store must do for the dashboard; run against each of them, the real one. */
public abstract class TimeSeriesReaderContract {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private TimeSeriesReader reader;

    /** Removes all points. */
    protected abstract void empty();

    /** Writes lines of the line protocol, as the job does. */
    protected abstract void write(String lines);

    /** Returns when so many points can be read. */
    protected abstract void await(String measurement, int points);

    protected abstract TimeSeriesReader open();

    /** A reader of a store that is not there. */
    protected abstract TimeSeriesReader openNowhere();

    @BeforeEach
    void openEmptyStore() {
        empty();
        reader = open();
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aWindowBelongsToTheStepThatHoldsItsEnd() {
        write(minute(1, "flow_veh_h=100") + minute(5, "flow_veh_h=200") + minute(6, "flow_veh_h=900"));
        await("traffic", 3);

        assertThat(read("flow_veh_h", Duration.ofMinutes(5)))
                .containsExactly(
                        new SeriesPoint(EIGHT.plusSeconds(300), 150.0), new SeriesPoint(EIGHT.plusSeconds(600), 900.0));
    }

    @Test
    void aRewrittenWindowIsReadOnce() {
        write(minute(1, "flow_veh_h=100"));
        await("traffic", 1);
        write(minute(1, "flow_veh_h=120") + minute(2, "flow_veh_h=130"));
        await("traffic", 2);

        assertThat(read("flow_veh_h", Duration.ofMinutes(1)))
                .extracting(SeriesPoint::value)
                .containsExactly(120.0, 130.0);
    }

    @Test
    void coarserSpeedIsTheSpaceMeanAndNotTheMeanOfTheMinutes() {
        write(minute(1, "flow_veh_h=1200,speed_kmh=60") + minute(2, "flow_veh_h=600,speed_kmh=20"));
        await("traffic", 2);

        assertThat(read("speed_kmh", Duration.ofMinutes(5)))
                .singleElement()
                .satisfies(point -> assertThat((Double) point.value())
                        .isCloseTo((1200 + 600) / (1200.0 / 60 + 600.0 / 20), within(1e-9)));
    }

    @Test
    void speedWithoutFlowIsTheHarmonicMean() {
        write(minute(1, "speed_kmh=60") + minute(2, "speed_kmh=20"));
        await("traffic", 2);

        assertThat(read("speed_kmh", Duration.ofMinutes(5)))
                .singleElement()
                .satisfies(point -> assertThat((Double) point.value()).isCloseTo(30, within(1e-9)));
    }

    @Test
    void windFromBothSidesOfNorthIsFromTheNorth() {
        write("air,city=c,station=s,setting=urban wind_direction_deg=350 " + nanos(1)
                + "air,city=c,station=s,setting=urban wind_direction_deg=20 " + nanos(2));
        await("air", 2);

        SeriesQuery query = new SeriesQuery(
                Series.AIR, "wind_direction_deg", "s", EIGHT, EIGHT.plusSeconds(3600), Duration.ofHours(1));
        assertThat(reader.read(query))
                .singleElement()
                .satisfies(point -> assertThat((Double) point.value()).isCloseTo(5, within(1e-6)));
    }

    @Test
    void textIsReadAsTheLast() {
        write(minute(1, "level_of_service=\"B\"") + minute(2, "level_of_service=\"E\""));
        await("traffic", 2);

        assertThat(read("level_of_service", Duration.ofMinutes(5)))
                .extracting(SeriesPoint::value)
                .containsExactly("E");
    }

    @Test
    void theLatestOfEverySubjectAtAMoment() {
        write(minute(1, "speed_kmh=60") + minute(9, "speed_kmh=20")
                + "traffic,city=c,segment=other,corridor=k speed_kmh=44 " + nanos(2));
        await("traffic", 3);

        Map<String, Map<String, Object>> latest =
                reader.latest(Series.TRAFFIC, EIGHT.plusSeconds(300), Duration.ofMinutes(15));

        assertThat(latest).containsOnlyKeys("ring-1", "other");
        assertThat(latest.get("ring-1"))
                .containsEntry("speed_kmh", 60.0)
                .containsEntry(TimeSeriesReader.TIMESTAMP, EIGHT.plusSeconds(60))
                .doesNotContainKey("flow_veh_h");
    }

    @Test
    void whereNothingMovedTheSpeedIsNought() {
        write(minute(1, "flow_veh_h=0,speed_kmh=0")
                + minute(6, "flow_veh_h=0,speed_kmh=50")
                + minute(7, "speed_kmh=0"));
        await("traffic", 3);

        assertThat(read("speed_kmh", Duration.ofMinutes(5)))
                .extracting(SeriesPoint::value)
                .containsExactly(0.0, 50.0);
    }

    @Test
    void anIndexIsTheWorstOfTheHoursAndTrustTheLowest() {
        write("air,city=c,station=s,setting=urban us_aqi=51,european_index=2 " + nanos(1)
                + "air,city=c,station=s,setting=urban us_aqi=160,european_index=5 " + nanos(2)
                + "air,city=c,station=s,setting=urban us_aqi=80,european_index=3 " + nanos(3)
                + "sensor_health,city=c,sensor=s,kind=air trust=0.9 " + nanos(1)
                + "sensor_health,city=c,sensor=s,kind=air trust=0.25 " + nanos(2)
                + "sensor_health,city=c,sensor=s,kind=air trust=0.5 " + nanos(3));
        await("air", 3);
        await("sensor_health", 3);

        assertThat(hour(Series.AIR, "us_aqi", "s")).isEqualTo(160.0);
        assertThat(hour(Series.AIR, "european_index", "s")).isEqualTo(5.0);
        assertThat(hour(Series.SENSOR_HEALTH, "trust", "s")).isEqualTo(0.25);
    }

    @Test
    void onlyWhatWasMeasuredWithinTheTimeIsRead() {
        write(minute(0, "flow_veh_h=1")
                + minute(1, "speed_kmh=50")
                + minute(2, "flow_veh_h=3")
                + minute(60, "flow_veh_h=4")
                + minute(61, "flow_veh_h=5"));
        await("traffic", 5);

        assertThat(read("flow_veh_h", Duration.ofMinutes(1)))
                .as("from is exclusive, to inclusive, nothing is made up between")
                .containsExactly(
                        new SeriesPoint(EIGHT.plusSeconds(120), 3.0), new SeriesPoint(EIGHT.plusSeconds(3600), 4.0));
        assertThat(reader.read(query("nobody", "flow_veh_h", Duration.ofMinutes(1))))
                .isEmpty();
    }

    @Test
    void aMeasurementThatWasNeverWrittenIsEmpty() {
        assertThat(read("speed_kmh", Duration.ofMinutes(1))).isEmpty();
        assertThat(reader.latest(Series.AIR, EIGHT, Duration.ofHours(3))).isEmpty();
    }

    /** Each id is a subject of its own with a value of its own: whatever one injects would show in another. */
    @Test
    void hostileIdsComeBackAsTheyWereWrittenAndDoNothingElse() {
        List<String> ids = NaughtyStrings.all();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            lines.append("traffic,city=c,segment=")
                    .append(tag(ids.get(i)))
                    .append(",corridor=k speed_kmh=")
                    .append(i + 1)
                    .append(' ')
                    .append(nanos(1));
        }
        write(lines.toString());
        await("traffic", ids.size());

        Map<String, Map<String, Object>> latest =
                reader.latest(Series.TRAFFIC, EIGHT.plusSeconds(60), Duration.ofMinutes(15));
        assertThat(latest.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            assertThat(latest.get(id)).as(id).containsEntry("speed_kmh", i + 1.0);
            assertThat(reader.read(query(id, "completeness", Duration.ofMinutes(1))))
                    .as(id)
                    .isEmpty();
            assertThat(reader.read(query(id, "speed_kmh", Duration.ofMinutes(1))))
                    .as(id)
                    .singleElement()
                    .satisfies(point -> assertThat((Double) point.value()).isCloseTo(number(ids, id), within(1e-9)));
        }
        assertThat(reader.latest(Series.TRAFFIC, EIGHT.plusSeconds(60), Duration.ofMinutes(15)))
                .as("nothing was dropped or written")
                .isEqualTo(latest);
    }

    private static double number(List<String> ids, String id) {
        return ids.indexOf(id) + 1.0;
    }

    /** As the line protocol escapes the value of a tag. */
    private static String tag(String id) {
        return TagText.encoded(id).replace(",", "\\,").replace("=", "\\=").replace(" ", "\\ ");
    }

    @Test
    void anUnreachableStoreSaysWhyAndRecovers() {
        try (TimeSeriesReader nowhere = openNowhere()) {
            assertThatThrownBy(() -> nowhere.read(query("ring-1", "speed_kmh", Duration.ofMinutes(1))))
                    .isInstanceOf(TimeSeriesException.class);
            assertThat(nowhere.problem()).isPresent();
        }
        reader.probe();
        assertThat(reader.problem()).isEmpty();
    }

    private Object hour(Series series, String field, String subject) {
        SeriesQuery query =
                new SeriesQuery(series, field, subject, EIGHT, EIGHT.plusSeconds(3600), Duration.ofHours(1));
        List<SeriesPoint> points = reader.read(query);
        assertThat(points).hasSize(1);
        return points.get(0).value();
    }

    private List<SeriesPoint> read(String field, Duration step) {
        return reader.read(query("ring-1", field, step));
    }

    private static SeriesQuery query(String subject, String field, Duration step) {
        return new SeriesQuery(Series.TRAFFIC, field, subject, EIGHT, EIGHT.plusSeconds(3600), step);
    }

    private static String minute(int minute, String fields) {
        return "traffic,city=c,segment=ring-1,corridor=k " + fields + " " + nanos(minute);
    }

    private static String nanos(int minute) {
        return EIGHT.plusSeconds(60L * minute).getEpochSecond() + "000000000\n";
    }
}
