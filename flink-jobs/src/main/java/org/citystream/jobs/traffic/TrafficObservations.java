package org.citystream.jobs.traffic;

import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.jobs.time.ObservationMaker;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** Traffic readings as observations. */
final class TrafficObservations implements ObservationMaker {
    private static final long serialVersionUID = 1;
    private static final int COUNT = 0;
    private static final int SPEED = 1;
    private static final int OCCUPANCY = 2;

    @Override
    public SensorKind kind() {
        return SensorKind.TRAFFIC;
    }

    @Override
    public int longestPeriodSeconds() {
        return (int) PaneTiming.TRAFFIC.longestPeriod().toSeconds();
    }

    @Override
    public Observation observation(Reading reading, @Nullable Sensor sensor, String subjectId, long periodMillis) {
        double[] values = reading.values();
        return TrafficMeasure.observation(
                subjectId,
                reading.sensorId(),
                reading.laneId(),
                reading.observedAt(),
                periodMillis,
                reading.bootId(),
                reading.sequence(),
                values[COUNT],
                values[SPEED],
                values[OCCUPANCY]);
    }
}
