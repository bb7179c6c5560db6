package org.citystream.jobs.airquality;

import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.correction.Pm25Correction;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.time.ObservationMaker;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** Readings of air stations as observations. */
final class AirQualityReadings implements ObservationMaker {
    private static final long serialVersionUID = 1;

    @Override
    public SensorKind kind() {
        return SensorKind.AIR;
    }

    @Override
    public int longestPeriodSeconds() {
        return (int) PaneTiming.AIR.longestPeriod().toSeconds();
    }

    @Override
    public Observation observation(Reading reading, @Nullable Sensor sensor, String subjectId, long periodMillis) {
        return AirObservations.of(
                subjectId,
                reading.sensorId(),
                reading.observedAt(),
                periodMillis,
                reading.bootId(),
                reading.sequence(),
                reading.values(),
                Pm25Correction.of(sensor));
    }
}
