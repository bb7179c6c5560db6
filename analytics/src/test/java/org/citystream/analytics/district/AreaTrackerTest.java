package org.citystream.analytics.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.citystream.analytics.district.DistrictRules.rule;
import static org.citystream.analytics.district.Station.at;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which episode goes on in which stations, from when to when, and why; hours as {@link TrackedDistrict} draws them. */
class AreaTrackerTest {
    private final TrackedDistrict district = new TrackedDistrict(Station.CITY);

    private List<CityEvent> events() {
        return district.events();
    }

    @Test
    void exactlyTheLimitIsNotAboveIt() throws Exception {
        assertThat(district.hour(rule(DistrictRules.NO2), "22")).isNull();
        assertThat(events()).isEmpty();
    }

    @Test
    void nothingIsRememberedOfWhatIsOver() throws Exception {
        assertThat(district.hours(rule(DistrictRules.NO2), "33", "11")).isNull();
        assertThat(events())
                .extracting(CityEvent::transition, CityEvent::reason, CityEvent::endedAt)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above", null),
                        tuple(Transition.CLOSED, "none-above", at(1)));
    }

    /** Station b is better from the third hour on, which takes two hours to be believed. */
    @Test
    void itIsOverSinceTheLastOfItsStationsBeganToLeave() throws Exception {
        district.hours(rule(DistrictRules.EUROPEAN), "44", "14", "11", "11");

        assertThat(events()).last().satisfies(closed -> {
            assertThat(closed.transition()).isEqualTo(Transition.CLOSED);
            assertThat(closed.at()).isEqualTo(at(4));
            assertThat(closed.endedAt()).isEqualTo(at(2));
        });
    }

    @Test
    void stationsThatAreNoLongerRegisteredEndItWithTheHourBefore() throws Exception {
        district.hours(rule(DistrictRules.NO2), "331", "331", "--1");

        assertThat(events()).last().satisfies(closed -> {
            assertThat(closed.transition()).isEqualTo(Transition.CLOSED);
            assertThat(closed.at()).isEqualTo(at(3));
            assertThat(closed.endedAt()).isEqualTo(at(2));
        });
    }

    @Test
    void anHourInWhichNobodySpeaksChangesNothing() throws Exception {
        Areas before = district.hour(rule(DistrictRules.NO2), "33");

        assertThat(district.hour(rule(DistrictRules.NO2), "..")).isEqualTo(before);
        assertThat(events()).hasSize(1);
    }

    @Test
    void itStartsWhenTheSecondOfTwoNeighboursIsAbove() throws Exception {
        district.hours(rule(DistrictRules.NO2), "31113", "31133", "33133");

        assertThat(events())
                .extracting(CityEvent::startedAt)
                .as("d joins e, later b joins a")
                .containsExactly(at(1), at(2));
    }

    @Test
    void severityIsThatOfTheWorstStationAndTheReasonSaysWhichWayItWent() throws Exception {
        district.hours(rule(DistrictRules.NO2), "33", "43", "33");

        assertThat(events())
                .extracting(CityEvent::transition, CityEvent::reason, CityEvent::severity)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above", Severity.MODERATE),
                        tuple(Transition.ESCALATED, "severity-worse", Severity.SEVERE),
                        tuple(Transition.DEESCALATED, "severity-milder", Severity.MODERATE));
    }

    @Test
    void episodesAreKeptByTheirStart() throws Exception {
        Areas areas = district.hours(rule(DistrictRules.NO2), "11133", "33133");

        assertThat(TrackedDistrict.members(areas)).containsExactly(Set.of("d", "e"), Set.of("a", "b"));
    }

    @Test
    void anEpisodeStaysWithItsOwnStationsThoughMoreAreAboveElsewhere() throws Exception {
        Areas areas = district.hours(rule(DistrictRules.NO2), "331111", "311333");

        assertThat(TrackedDistrict.members(areas)).containsExactly(Set.of("a"), Set.of("d", "e", "f"));
        assertThat(events())
                .extracting(CityEvent::transition, CityEvent::reason)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above"),
                        tuple(Transition.UPDATED, "extent-changed"),
                        tuple(Transition.OPENED, "neighbours-above"));
    }

    /** All have been above since midnight; but what breaks off was part of the other until one o'clock. */
    @Test
    void ofTwoPartsOfOneSizeTheFirstGoesOnAndTheOtherStartsNow() throws Exception {
        district.hours(rule(DistrictRules.NO2), "33333", "33133");

        CityEvent whole = events().get(0);
        assertThat(events())
                .filteredOn(event -> event.transition() == Transition.UPDATED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.episodeId()).isEqualTo(whole.episodeId());
                    assertThat(event.startedAt()).isEqualTo(at(0));
                    assertThat(event.evidence()
                                    .path("stations")
                                    .path(0)
                                    .path("stationId")
                                    .asText())
                            .isEqualTo("a");
                });
        assertThat(events()).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.startedAt()).isEqualTo(at(1));
            assertThat(event.episodeId()).isNotEqualTo(whole.episodeId());
        });
    }

    /** Ids are as good as random: in some of these districts the one in the west has the smaller, in some that in the east. */
    @ParameterizedTest
    @ValueSource(strings = {"p", "q", "r", "s", "t", "u", "v", "w", "x", "y"})
    void ofEpisodesThatStartedTogetherTheOneWithTheSmallerIdTakesInTheOther(String districtId) throws Exception {
        TrackedDistrict meeting = new TrackedDistrict(districtId);
        meeting.hours(rule(DistrictRules.NO2), "33133", "33333");

        List<String> ids = Stream.of(meeting.events().get(0), meeting.events().get(1))
                .map(CityEvent::episodeId)
                .sorted()
                .toList();
        assertThat(meeting.events().subList(2, 4))
                .extracting(CityEvent::transition, CityEvent::episodeId, CityEvent::replacedBy, CityEvent::reason)
                .containsExactly(
                        tuple(Transition.WITHDRAWN, ids.get(1), ids.get(0), "merged"),
                        tuple(Transition.UPDATED, ids.get(0), null, "extent-changed"));
    }

    @Test
    void aVersionForOthersGoesOnWithTheSameEpisode() throws Exception {
        district.hour(rule(DistrictRules.NO2), "33");
        Areas areas = district.hour(rule(DistrictRules.NO2 + "labels: {team: night}", 2, at(1)), "33");

        assertThat(TrackedDistrict.members(areas)).containsExactly(Set.of("a", "b"));
        assertThat(events())
                .extracting(CityEvent::transition, CityEvent::reason, CityEvent::at, CityEvent::startedAt)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above", at(1), at(0)),
                        tuple(Transition.UPDATED, "rule-revised", at(1), at(0)));
    }

    @Test
    void aVersionThatLooksForSomethingElseStartsAnew() throws Exception {
        district.hour(rule(DistrictRules.NO2), "33");
        district.hour(rule(DistrictRules.NO2.replace("hours: 1", "hours: 2"), 2, at(1)), "33");

        assertThat(events())
                .extracting(CityEvent::transition, CityEvent::reason, CityEvent::endedAt)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above", null),
                        tuple(Transition.CLOSED, "rule-changed", at(1)));
    }
}
