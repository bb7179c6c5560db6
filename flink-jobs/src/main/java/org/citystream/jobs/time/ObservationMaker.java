package org.citystream.jobs.time;

import java.io.Serializable;
import org.citystream.analytics.pane.Observation;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** Turns readings of one kind into observations: which measures they have, in fixed point. */
public interface ObservationMaker extends Serializable {

    SensorKind kind();

    /** What one reading may cover at most, as the pane kernel has it. A sensor that says no period and reports less often covers that. */
    int longestPeriodSeconds();

    /**
     * @param sensor the registry's entry at {@code observedAt}; null: not registered
     * @param subjectId the road segment or station
     * @param periodMillis length of the covered time
     */
    Observation observation(Reading reading, @Nullable Sensor sensor, String subjectId, long periodMillis);
}
