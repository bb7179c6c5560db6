package org.citystream.backtest;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.citystream.backtest.run.Input;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;

/** What was: sensors, and their readings in order of arrival. */
interface Past {
    /** Every version of every registry entry. */
    List<Sensor> sensors();

    /** Kinds of which there are readings. */
    Set<SensorKind> kinds();

    /** Episodes told before are for practice. */
    Instant from();

    /** Readings observed later are left out. */
    Instant to();

    /** Until then the run has not learned what is usual; {@link #from()} or before if the practice was long enough. */
    Instant warmUntil();

    /** Readings, as far as is known before they are read; of Kafka with ticks. */
    long count(SensorKind kind);

    /** For people. */
    String description();

    /** Starts to tell how far reading is. @param records that will be read in all, by all runs */
    void expect(long records);

    Input input(SensorKind kind);
}
