package org.citystream.backtest.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;

/** When what is decided again arrives: all before the first pane closes, then the clock runs to the decision at once. */
final class Clocks {
    private Clocks() {}

    /** Readings between the ticks that start and end the time in which an event is decided. */
    static List<Reading> around(List<Reading> readings, CityEvent event, Start start, PaneTiming timing) {
        long closeAfter = timing.closeAfter().toMillis();
        long first = start.at() == Long.MIN_VALUE
                ? readings.stream().mapToLong(Reading::observedAt).min().orElse(0)
                        - timing.longestPeriod().toMillis()
                : start.at();
        long since = since(event);
        List<Reading> all = new ArrayList<>();
        all.add(Reading.tick(first + closeAfter, since));
        readings.forEach(reading -> all.add(reading.at(first + closeAfter)));
        all.add(Reading.tick(end(event, timing), since));
        return all;
    }

    /** Of what a rule's change brought about the pane that starts then has to close; of silence only time must pass. */
    private static long end(CityEvent event, PaneTiming timing) {
        boolean silence = event.transition() == Transition.STALE;
        Duration more = silence ? Duration.ofSeconds(1) : timing.closeAfter();
        long at = event.at().toEpochMilli();
        if (event.reason().equals(Start.RESUMED)) {
            return timing.paneStart(at - 1)
                    + timing.pane().toMillis()
                    + timing.closeAfter().toMillis();
        }
        boolean endsItsPane = event.evidence()
                .path("window")
                .path("end")
                .asText()
                .equals(event.at().toString());
        return at
                + more.toMillis()
                + (endsItsPane || silence ? 0 : timing.pane().toMillis());
    }

    static long since(CityEvent event) {
        JsonNode since = event.evidence().path("source").path("since");
        return since.isMissingNode()
                ? Long.MIN_VALUE + 1
                : Instant.parse(since.asText()).toEpochMilli();
    }
}
