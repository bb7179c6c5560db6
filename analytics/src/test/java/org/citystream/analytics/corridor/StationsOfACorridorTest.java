package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.citystream.analytics.corridor.Stations.part;
import static org.citystream.analytics.corridor.Stations.station;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.citystream.analytics.pane.Written;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

/** What stations stand for, how long the road between them takes, and what they tell. */
class StationsOfACorridorTest {
    private static final SegmentPart DOUBTED = new SegmentPart(40, 0.4, 1200, 0.2, 100, 80, null, 0.5, 3, 2, 0.4);

    @Test
    void aQueueReachesHalfwayToTheNextStationAndAtTheEndsOfTheRoadAsFarAsTheStationStandsFor() {
        List<Station> stations =
                List.of(station(0, 0, true, null), station(1, 400, true, null), station(2, 1000, true, null));

        assertThat(Extent.of(stations, 1, 1, 60_000)).isEqualTo(new Extent(60_000, 200, 700));
        assertThat(Extent.of(stations, 0, 2, 60_000)).isEqualTo(new Extent(60_000, -250, 1250));
        assertThat(Extent.of(stations, 0, 2, 60_000).lengthM()).isEqualTo(1500);
        assertThat(Extent.of(Stations.at(0, 400), 0, 1, 60_000))
                .as("nobody says how far the last ones reach")
                .isEqualTo(new Extent(60_000, 0, 400));
    }

    @Test
    void anExtentComesBackFromBytes() throws Exception {
        Extent extent = new Extent(60_000, 200.5, 700.25);

        assertThat(Written.through(extent::write, Extent::read)).isEqualTo(extent);
    }

    /** 500 of 1000 m are known: at 50 km/h 36 s, at 100 km/h 18 s; 20 vehicles a minute lose 18 s each. */
    @Test
    void halfOfTheRoadSaysEnoughOfAllOfIt() {
        CorridorTravel travel = CorridorTravel.of(List.of(
                station(0, 0, false, null), station(1, 400, false, part(50, 1200)), station(2, 1000, false, null)));

        assertThat(travel.lengthM()).isEqualTo(1000);
        assertThat(travel.knownShare()).isEqualTo(0.5);
        assertThat(travel.seconds()).isCloseTo(72, within(1e-9));
        assertThat(travel.freeFlowSeconds()).isCloseTo(36, within(1e-9));
        assertThat(travel.vehicleDelayVehH()).isCloseTo(0.1, within(1e-9));
        assertThat(travel.index()).isCloseTo(2, within(1e-9));
    }

    /** 250 + 200, 200 + 300 and 300 + 250 m. */
    @Test
    void theFirstAndTheLastStandForHalfOfTheirOwnLengthOutwards() {
        CorridorTravel travel = CorridorTravel.of(List.of(
                station(0, 0, true, part(100, 600)),
                station(1, 400, true, part(50, Double.NaN)),
                station(2, 1000, true, part(120, 600))));

        assertThat(travel.lengthM()).isEqualTo(1500);
        // 450 + 550 m at no more than 100 km/h take 36 s, 500 m at 50 km/h as long.
        assertThat(travel.seconds()).isCloseTo(72, within(1e-9));
        assertThat(travel.freeFlowSeconds()).isCloseTo(54, within(1e-9));
        assertThat(travel.vehicleDelayVehH())
                .as("nobody counted where it is slow")
                .isZero();
    }

    @Test
    void aRoadWithoutStationsOrAFreeFlowSpeedTakesNobodyKnowsHowLong() {
        SegmentPart unlearned = new SegmentPart(50, 0.5, 600, 0.1, Double.NaN, Double.NaN, null, 1, 1, 0, 1);

        assertThat(CorridorTravel.of(List.of()).knownShare()).isZero();
        assertThat(CorridorTravel.of(List.of()).seconds()).isNaN();
        assertThat(CorridorTravel.of(List.of(station(0, 0, true, unlearned), station(1, 500, true, unlearned)))
                        .knownShare())
                .isZero();
    }

    @Test
    void aStationThatSaysNothingTellsNothingButThatItIsMissing() {
        Station silent = station(0, 0, true, null);
        ArrayNode sensors = JsonCodec.internal().createArrayNode();
        ArrayNode excluded = JsonCodec.internal().createArrayNode();
        ObjectNode told = JsonCodec.internal().createObjectNode();
        silent.tell(told);
        silent.tellSensors(sensors);
        silent.tellExcluded(excluded);

        assertThat(told).isEmpty();
        assertThat(sensors).isEmpty();
        assertThat(excluded).hasToString("[{\"segmentId\":\"s0\",\"reason\":\"no-data\"}]");
        assertThat(silent.ratio()).isNaN();
        assertThat(silent.usualRatio()).isNaN();
        assertThat(silent.occupancy()).isNaN();
        assertThat(silent.completeness()).isZero();
    }

    @Test
    void aStationTellsItsMinuteAndWhatOfItWasLeftOut() {
        Station station = station(2, 1000, true, DOUBTED);
        ArrayNode sensors = JsonCodec.internal().createArrayNode();
        ArrayNode excluded = JsonCodec.internal().createArrayNode();
        ObjectNode told = JsonCodec.internal().createObjectNode();
        station.tell(told);
        station.tellSensors(sensors);
        station.tellExcluded(excluded);

        assertThat(told)
                .hasToString("{\"segmentId\":\"s2\",\"positionM\":1000.0,\"speedKmh\":40.0,\"speedRatio\":0.4,"
                        + "\"vehicleFlowPerHour\":1200.0,\"occupancy\":0.2,\"freeFlowSpeedKmh\":100.0,"
                        + "\"completeness\":0.5,\"readings\":3}");
        assertThat(sensors).hasToString("[{\"sensorId\":\"loop-2\",\"segmentId\":\"s2\"}]");
        assertThat(excluded)
                .hasToString("[{\"segmentId\":\"s2\",\"reason\":\"detectors-not-believed\",\"detectors\":2}]");
        assertThat(station.usualRatio()).isEqualTo(0.8);
        assertThat(station.occupancy()).isEqualTo(0.2);
        assertThat(station.completeness()).isEqualTo(0.5);
        assertThat(station.location()).extracting(GeoPoint::latitude).isEqualTo(56.15);
        assertThat(station.byTravelTime()).isFalse();
    }

    @Test
    void noMoreThanTwentyDetectorsAreNamed() {
        ArrayNode sensors = JsonCodec.internal().createArrayNode();
        for (int i = 0; i < 21; i++) {
            station(i, 500 * i, true, part(50, 600)).tellSensors(sensors);
        }

        assertThat(sensors).hasSize(20);
        assertThat(sensors.path(19)).hasToString("{\"sensorId\":\"loop-19\",\"segmentId\":\"s19\",\"trust\":1.0}");
    }

    @Test
    void minutesAreKnownFromHalfOfThemOn() {
        RecentMinutes minutes = RecentMinutes.NOTHING
                .with(0, 2, 4)
                .with(60_000, 4, 4)
                .with(120_000, Double.NaN, 4)
                .with(180_000, Double.NaN, 4);

        assertThat(minutes.mean(0, 3)).isEqualTo(3);
        assertThat(minutes.deviation(0, 3)).isEqualTo(1);
        assertThat(minutes.mean(0, 2)).as("one of three").isNaN();
        assertThat(minutes.deviation(0, 2)).isNaN();
    }
}
