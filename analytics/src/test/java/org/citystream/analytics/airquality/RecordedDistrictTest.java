package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.citystream.analytics.airquality.RunsInFile.Run;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.rule.RuleCodec;
import org.junit.jupiter.api.Test;

/** Beijing's smog of the winter of 2015 as episodes of its centre, against what the file itself says. */
class RecordedDistrictTest {
    private static final String WINTER = "beijing_winter_episode_2015-11-25_2016-01-05.csv";
    private static final Set<String> CENTRE =
            Set.of("Aotizhongxin", "Dongsi", "Guanyuan", "Nongzhanguan", "Tiantan", "Wanliu", "Wanshouxigong");
    private static final int DWELL_HOURS = 6;
    private static final Duration HOUR = AirFold.PANE;

    @Test
    void theCentreIsAboveTogetherWhenTwoOfItsStationsAreInTheFile() throws Exception {
        List<AirQualityReading> readings = RecordedAir.beijing(WINTER).stream()
                .filter(reading -> CENTRE.contains(reading.sensorId()))
                .toList();
        AirCity city = new AirCity(PaneTiming.AIR);
        city.keepObjects();
        city.add(RuleCodec.readDocument("{id: smog, kind: air-exceedance, pollutant: pm25, above: 150 ug/m3, "
                        + "consecutive-hours: " + DWELL_HOURS + "}")
                .get(0)
                .withVersion(1, Instant.EPOCH));
        CENTRE.forEach(station -> city.with(station, null, "centre"));
        Instant from = readings.get(0).observedAt().minus(HOUR);
        Instant to = readings.get(readings.size() - 1).observedAt();
        city.clock(from);
        for (AirQualityReading reading : readings) {
            Instant start = reading.observedAt().minus(HOUR);
            if (start.plusSeconds(90).isAfter(city.clock())) {
                city.clock(start.plusSeconds(90));
            }
            city.hour(reading.sensorId(), start, RecordedAir.values(reading));
        }
        CENTRE.forEach(station -> city.hour(station, to, StationValues.of("pm25UgM3", 1)));
        city.clock(to.plusSeconds(90));
        city.clock(to.plus(HOUR).plusSeconds(90));

        List<Run> found = new ArrayList<>();
        for (CityEvent event : city.districts().events()) {
            if (event.transition() == Transition.CLOSED) {
                CityEvent opened = city.districts().events().stream()
                        .filter(first -> first.transition() == Transition.OPENED
                                && first.episodeId().equals(event.episodeId()))
                        .findFirst()
                        .orElseThrow();
                found.add(new Run("centre", opened.at(), event.at()));
            }
        }
        assertThat(found)
                .isEqualTo(inTheFile(from, to.plus(HOUR)))
                .hasSizeGreaterThanOrEqualTo(4)
                .as("the four episodes that the winter is known for")
                .anyMatch(run -> covers(run, "2015-11-30T12:00:00Z"))
                .anyMatch(run -> covers(run, "2015-12-08T12:00:00Z"))
                .anyMatch(run -> covers(run, "2015-12-25T06:00:00Z"))
                .anyMatch(run -> covers(run, "2016-01-02T12:00:00Z"));
        assertThat(city.districts().events()).noneMatch(event -> event.transition() == Transition.WITHDRAWN);
    }

    private static boolean covers(Run run, String moment) {
        Instant at = Instant.parse(moment);
        return run.from().isBefore(at) && run.to().isAfter(at);
    }

    /** From the end of the first hour in which two stations have been above for long, to that of the first in which none is. */
    private static List<Run> inTheFile(Instant from, Instant to) {
        Collection<Run> runs = RunsInFile.beijing(WINTER).runs("pm25", value -> value > 150, DWELL_HOURS).stream()
                .filter(run -> CENTRE.contains(run.station()))
                .toList();
        List<Run> together = new ArrayList<>();
        Instant open = null;
        for (Instant end = from.plus(HOUR); !end.isAfter(to); end = end.plus(HOUR)) {
            Instant hour = end;
            long above = runs.stream()
                    .filter(run ->
                            !hour.isBefore(run.from().plus(HOUR.multipliedBy(DWELL_HOURS))) && !hour.isAfter(run.to()))
                    .count();
            if (open == null && above >= 2) {
                open = end;
            } else if (open != null && above == 0) {
                together.add(new Run("centre", open, end));
                open = null;
            }
        }
        return together;
    }
}
