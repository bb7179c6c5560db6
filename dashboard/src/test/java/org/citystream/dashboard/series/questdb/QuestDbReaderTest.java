package org.citystream.dashboard.series.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.dashboard.SampleStore;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesException;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.embedded.QuestDbServer;
import org.citystream.model.series.Series;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuestDbReaderTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    private SampleStore store;
    private QuestDbReader reader;

    @BeforeEach
    void createTables() {
        store = new SampleStore(questDb.url(), questDb.jdbcUrl());
        store.create();
        reader = new QuestDbReader(questDb.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aWindowBelongsToTheStepThatHoldsItsEnd() {
        store.write(minute(1, "flow_veh_h=100") + minute(5, "flow_veh_h=200") + minute(6, "flow_veh_h=900"));
        store.await("traffic", 3);

        assertThat(read("flow_veh_h", Duration.ofMinutes(5)))
                .containsExactly(
                        new SeriesPoint(EIGHT.plusSeconds(300), 150.0), new SeriesPoint(EIGHT.plusSeconds(600), 900.0));
    }

    @Test
    void aRewrittenWindowIsReadOnce() {
        store.write(minute(1, "flow_veh_h=100"));
        store.await("traffic", 1);
        store.write(minute(1, "flow_veh_h=120") + minute(2, "flow_veh_h=130"));
        store.await("traffic", 2);

        assertThat(read("flow_veh_h", Duration.ofMinutes(1)))
                .extracting(SeriesPoint::value)
                .containsExactly(120.0, 130.0);
    }

    @Test
    void coarserSpeedIsTheSpaceMeanAndNotTheMeanOfTheMinutes() {
        store.write(minute(1, "flow_veh_h=1200,speed_kmh=60") + minute(2, "flow_veh_h=600,speed_kmh=20"));
        store.await("traffic", 2);

        assertThat(read("speed_kmh", Duration.ofMinutes(5)))
                .singleElement()
                .satisfies(point -> assertThat((Double) point.value())
                        .isCloseTo((1200 + 600) / (1200.0 / 60 + 600.0 / 20), within(1e-9)));
    }

    @Test
    void speedWithoutFlowIsTheHarmonicMean() {
        store.write(minute(1, "speed_kmh=60") + minute(2, "speed_kmh=20"));
        store.await("traffic", 2);

        assertThat(read("speed_kmh", Duration.ofMinutes(5)))
                .singleElement()
                .satisfies(point -> assertThat((Double) point.value()).isCloseTo(30, within(1e-9)));
    }

    @Test
    void windFromBothSidesOfNorthIsFromTheNorth() {
        store.write("air,city=c,station=s,setting=urban wind_direction_deg=350 " + nanos(1)
                + "air,city=c,station=s,setting=urban wind_direction_deg=20 " + nanos(2));
        store.await("air", 2);

        SeriesQuery query = new SeriesQuery(
                Series.AIR, "wind_direction_deg", "s", EIGHT, EIGHT.plusSeconds(3600), Duration.ofHours(1));
        assertThat(reader.read(query))
                .singleElement()
                .satisfies(point -> assertThat((Double) point.value()).isCloseTo(5, within(1e-6)));
    }

    @Test
    void textIsReadAsTheLast() {
        store.write(minute(1, "level_of_service=\"B\"") + minute(2, "level_of_service=\"E\""));
        store.await("traffic", 2);

        assertThat(read("level_of_service", Duration.ofMinutes(5)))
                .extracting(SeriesPoint::value)
                .containsExactly("E");
    }

    @Test
    void theLatestOfEverySubjectAtAMoment() {
        store.write(minute(1, "speed_kmh=60") + minute(9, "speed_kmh=20")
                + "traffic,city=c,segment=other,corridor=k speed_kmh=44 " + nanos(2));
        store.await("traffic", 3);

        Map<String, Map<String, Object>> latest =
                reader.latest(Series.TRAFFIC, EIGHT.plusSeconds(300), Duration.ofMinutes(15));

        assertThat(latest).containsOnlyKeys("ring-1", "other");
        assertThat(latest.get("ring-1"))
                .containsEntry("speed_kmh", 60.0)
                .containsEntry(TimeSeriesReader.TIMESTAMP, EIGHT.plusSeconds(60))
                .doesNotContainKey("flow_veh_h");
    }

    @Test
    void hostileSubjectsAreOnlyEverCompared() {
        List<String> hostile = List.of(
                "' OR '1'='1",
                "ring-1'; DROP TABLE traffic; --",
                "ring-1\\'",
                "\" UNION SELECT * FROM traffic",
                "𝒳 ?$1");
        store.write(minute(1, "speed_kmh=60"));
        store.await("traffic", 1);

        for (String subject : hostile) {
            assertThat(reader.read(query(subject, "speed_kmh", Duration.ofMinutes(1))))
                    .isEmpty();
        }
        assertThat(read("speed_kmh", Duration.ofMinutes(1))).hasSize(1);
    }

    @Test
    void anUnreachableStoreSaysWhyAndRecovers() {
        try (QuestDbReader nowhere = new QuestDbReader("jdbc:postgresql://127.0.0.1:1/qdb", "admin", "quest")) {
            assertThatThrownBy(() -> nowhere.read(query("ring-1", "speed_kmh", Duration.ofMinutes(1))))
                    .isInstanceOf(TimeSeriesException.class);
            assertThat(nowhere.problem()).isPresent();
        }
        reader.probe();
        assertThat(reader.problem()).isEmpty();
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
