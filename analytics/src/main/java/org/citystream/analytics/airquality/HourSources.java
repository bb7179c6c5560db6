package org.citystream.analytics.airquality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.analytics.correction.Pm25Correction;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.rule.Pollutant;

/** What an hour rests on, as told in evidence: its sensors, how much of it they cover, what was corrected, and what was left out. */
record HourSources(Pane pane, SubjectProfile profile, HourlyMeans hour, AirDoubts doubts) {
    private static final int SENSORS_NAMED_AT_MOST = 20;
    private static final double SAMPLE_SCALE = 1000;

    void addTo(ObjectNode evidence) {
        ObjectNode completeness = evidence.putObject("completeness");
        hour.completeness().forEach(completeness::put);
        ArrayNode sensors = evidence.putArray("sensors");
        ArrayNode samples = evidence.putArray("samples");
        ArrayNode excluded = evidence.putArray("excluded");
        List<Cell> cells = pane.cells();
        for (Cell cell : cells.subList(0, Math.min(SENSORS_NAMED_AT_MOST, cells.size()))) {
            addTo(sensors.addObject(), cell);
            addSample(samples.addObject(), cell);
            long setAside = cell.measuredMillis(AirMeasure.SET_ASIDE.ordinal());
            if (setAside > 0) {
                excluded.addObject()
                        .put("sensorId", cell.sensorId())
                        .put("reason", "implausible-values")
                        .put("seconds", Duration.ofMillis(setAside).toSeconds());
            }
        }
        doubts.doubts().stream()
                .limit(SENSORS_NAMED_AT_MOST)
                .forEach(doubt -> excluded.addObject()
                        .put("sensorId", doubt.sensorId())
                        .put("pollutant", doubt.pollutant().wireName())
                        .put("reason", doubt.reason()));
    }

    private void addTo(ObjectNode sensor, Cell cell) {
        sensor.put("sensorId", cell.sensorId()).put("readings", cell.readings()).put("trust", trust(cell));
        long corrected = cell.measuredMillis(AirMeasure.CORRECTED.ordinal());
        if (corrected > 0) {
            Pm25Correction.of(profile.sensor(cell.sensorId()))
                    .ifPresent(correction -> sensor.put("correction", correction.name()));
            sensor.put("correctedSeconds", Duration.ofMillis(corrected).toSeconds());
        }
    }

    /** What a sensor said of the hour: its one reading, or the mean of several. */
    private static void addSample(ObjectNode sample, Cell cell) {
        sample.put("sensorId", cell.sensorId());
        if (cell.readings() > 0) {
            sample.put(
                    "observedAt", Instant.ofEpochMilli(cell.newestObservedAt()).toString());
        }
        for (Pollutant pollutant : Pollutant.values()) {
            int measure = AirMeasure.of(pollutant).ordinal();
            long measured = cell.measuredMillis(measure);
            if (measured > 0) {
                double mean = (double) cell.sum(measure) / AirMeasure.SCALE / measured;
                sample.put(AirObservations.FIELDS.get(measure), Math.round(mean * SAMPLE_SCALE) / SAMPLE_SCALE);
            }
        }
    }

    /** The share of what it measured that is believed, 0..1. */
    private double trust(Cell cell) {
        long all = cell.measuredMillis(AirMeasure.SET_ASIDE.ordinal());
        long believed = 0;
        for (AirMeasure measure : AirMeasure.values()) {
            if (measure.isPollutant()) {
                long measured = cell.measuredMillis(measure.ordinal());
                all += measured;
                believed += doubts.concern(cell, measure) ? 0 : measured;
            }
        }
        return all == 0 ? 1 : Math.round(100.0 * believed / all) / 100.0;
    }
}
