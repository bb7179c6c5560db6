package org.citystream.backtest.reproduce;

import java.util.List;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;

/** What a decision rests on. */
interface Slice {
    /** Readings in it, or what else was decided from. */
    int size();

    /**
     * Decides again, in one step from the start of the slice to its end: all of it has arrived by then.
     *
     * @param rules every version
     * @return all that is told
     */
    List<CityEvent> decide(List<Sensor> sensors, List<Rule> rules) throws Exception;
}
