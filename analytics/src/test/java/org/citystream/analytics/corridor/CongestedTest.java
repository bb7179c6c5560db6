package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.Congested.Kind.CONGESTED;
import static org.citystream.analytics.corridor.Congested.Kind.ENTERING;
import static org.citystream.analytics.corridor.Congested.Kind.FREE;
import static org.citystream.analytics.corridor.Congested.Kind.LEAVING;
import static org.citystream.analytics.corridor.Congested.Kind.RECOVERED;
import static org.citystream.analytics.corridor.Congested.Kind.UNKNOWN;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.citystream.analytics.corridor.Congested.Kind;
import org.junit.jupiter.api.Test;

/** Which neighbours are congested together, from upstream to downstream, every 500 m where nothing else is said. */
class CongestedTest {
    private static List<Congested> groups(Kind... kinds) {
        return Congested.groups(
                Stations.at(IntStream.range(0, kinds.length)
                        .mapToDouble(i -> 500 * i)
                        .toArray()),
                Arrays.asList(kinds));
    }

    private static Congested settled(int tail, int head) {
        return new Congested(tail, head, true, true);
    }

    @Test
    void aFreeRoadHasNone() {
        assertThat(groups()).isEmpty();
        assertThat(groups(FREE, UNKNOWN, RECOVERED, FREE)).isEmpty();
    }

    @Test
    void neighboursAreOneGroupAndAFreeStationEndsIt() {
        assertThat(groups(CONGESTED, FREE, CONGESTED, CONGESTED, FREE)).containsExactly(settled(0, 0), settled(2, 3));
    }

    @Test
    void theWholeRoadMayBeOne() {
        assertThat(groups(CONGESTED, CONGESTED, CONGESTED)).containsExactly(settled(0, 2));
    }

    @Test
    void twoStationsInARowAreBridgedAndThreeAreNot() {
        assertThat(groups(CONGESTED, UNKNOWN, RECOVERED, CONGESTED)).containsExactly(settled(0, 3));
        assertThat(groups(CONGESTED, UNKNOWN, RECOVERED, UNKNOWN, CONGESTED))
                .containsExactly(settled(0, 0), settled(4, 4));
    }

    @Test
    void whatIsBridgedIsNotTheEndOfIt() {
        assertThat(groups(UNKNOWN, CONGESTED, RECOVERED)).containsExactly(settled(1, 1));
    }

    @Test
    void neighboursAreThreeKilometresApartAtMost() {
        assertThat(Congested.groups(Stations.at(0, 3000, 6001), List.of(CONGESTED, CONGESTED, CONGESTED)))
                .containsExactly(settled(0, 1), settled(2, 2));
    }

    @Test
    void slowIsWhoeverIsSlowNowAndSettledWhoeverHasBeenForLong() {
        assertThat(groups(ENTERING, ENTERING)).containsExactly(new Congested(0, 1, false, true));
        assertThat(groups(LEAVING, LEAVING)).containsExactly(new Congested(0, 1, true, false));
        assertThat(groups(ENTERING, LEAVING)).containsExactly(settled(0, 1));
    }

    @Test
    void itReachesAStationDownstreamOfItsHeadThatIsANeighbour() {
        List<Station> stations = Stations.at(0, 500, 1000, 1500, 4501, 5000);
        Congested group = settled(0, 1);

        assertThat(group.reaches(stations, 0)).isFalse();
        assertThat(group.reaches(stations, 1)).as("its own head").isFalse();
        assertThat(group.reaches(stations, 2)).isTrue();
        assertThat(group.reaches(stations, 3)).isTrue();
        assertThat(group.reaches(stations, 4)).as("too far").isFalse();
        assertThat(settled(0, 0).reaches(Stations.at(0, 10, 20, 30, 40), 4))
                .as("too many between them")
                .isFalse();
    }

    @Test
    void itsMembersAreAllFromTailToHead() {
        assertThat(settled(1, 3).members(Stations.at(0, 1, 2, 3, 4))).containsExactly("s1", "s2", "s3");
    }
}
