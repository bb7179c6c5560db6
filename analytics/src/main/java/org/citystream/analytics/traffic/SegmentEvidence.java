package org.citystream.analytics.traffic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.citystream.analytics.pane.Cell;
import org.citystream.model.summary.ExcludedSensor;
import org.citystream.model.summary.TrafficSummary;

/** What a minute of a road segment rests on, as told in evidence: completeness, what was left out, sensors, samples. */
final class SegmentEvidence {
    private static final int SENSORS_AT_MOST = 20;

    private SegmentEvidence() {}

    static void addTo(ObjectNode evidence, TrafficSummary summary, SegmentMinute minute) {
        evidence.put("completeness", summary.completeness());
        if (!minute.excluded().isEmpty()) {
            ArrayNode excluded = evidence.putArray("excluded");
            for (ExcludedSensor sensor : minute.excluded()) {
                ObjectNode left = excluded.addObject().put("sensorId", sensor.sensorId());
                if (sensor.laneId() != null) {
                    left.put("laneId", sensor.laneId());
                }
                left.put("reason", sensor.reason());
            }
        }
        ArrayNode sensors = evidence.putArray("sensors");
        ArrayNode samples = evidence.putArray("samples");
        for (int i = 0; i < Math.min(SENSORS_AT_MOST, minute.cells().size()); i++) {
            Cell cell = minute.cells().get(i);
            named(sensors, cell)
                    .put("readings", cell.readings())
                    .put("trust", minute.trusts().get(i));
            addSample(named(samples, cell), cell);
        }
    }

    private static ObjectNode named(ArrayNode cells, Cell cell) {
        ObjectNode node = cells.addObject().put("sensorId", cell.sensorId());
        if (cell.laneId() > 0) {
            node.put("laneId", cell.laneId());
        }
        return node;
    }

    /** What a detector said of the minute: its one reading, or several together. */
    private static void addSample(ObjectNode sample, Cell cell) {
        if (cell.readings() > 0) {
            sample.put(
                    "observedAt", Instant.ofEpochMilli(cell.newestObservedAt()).toString());
        }
        double speed = TrafficMeasure.speedKmh(cell.sum(TrafficMeasure.WEIGHT), cell.sum(TrafficMeasure.SLOWNESS));
        sample.put("speedKmh", Rounded.known(2, speed));
        if (cell.measuredMillis(TrafficMeasure.VEHICLES) > 0) {
            sample.put("vehicles", Rounded.to(3, cell.sum(TrafficMeasure.VEHICLES) / 1e3));
        }
        if (cell.measuredMillis(TrafficMeasure.OCCUPIED) > 0) {
            sample.put("occupancy", Rounded.to(4, TrafficMeasure.occupancy(cell)));
        }
    }
}
