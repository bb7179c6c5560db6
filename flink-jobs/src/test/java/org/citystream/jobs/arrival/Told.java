package org.citystream.jobs.arrival;

import java.util.List;
import java.util.stream.Stream;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.arrival.Outcome;

/** What a run has written. */
record Told(List<KeyedJson> summaries, List<KeyedJson> events, List<KeyedJson> late) {

    Told then(Told next) {
        return new Told(both(summaries, next.summaries), both(events, next.events), both(late, next.late));
    }

    private static List<KeyedJson> both(List<KeyedJson> first, List<KeyedJson> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    Outcome outcome() {
        Outcome outcome = new Outcome();
        summaries.forEach(record -> outcome.summary(record.key(), record.json()));
        events.forEach(record -> outcome.event(JsonCodec.read(record.json(), CityEvent.class)));
        return outcome;
    }
}
