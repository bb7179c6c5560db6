package org.citystream.analytics.traffic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.citystream.analytics.pane.Cell;
import org.citystream.model.summary.ExcludedSensor;
import org.citystream.model.summary.TrafficSummary;

/** What a minute of a road segment rests on, as told in evidence. */
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
        for (int i = 0; i < Math.min(SENSORS_AT_MOST, minute.cells().size()); i++) {
            Cell cell = minute.cells().get(i);
            ObjectNode sensor = sensors.addObject()
                    .put("sensorId", cell.sensorId())
                    .put("readings", cell.readings())
                    .put("trust", minute.trusts().get(i));
            if (cell.laneId() > 0) {
                sensor.put("laneId", cell.laneId());
            }
            double speed = TrafficMeasure.speedKmh(cell.sum(TrafficMeasure.WEIGHT), cell.sum(TrafficMeasure.SLOWNESS));
            sensor.put("speedKmh", Rounded.known(2, speed));
            if (cell.measuredMillis(TrafficMeasure.VEHICLES) > 0) {
                sensor.put("vehicles", Rounded.to(3, cell.sum(TrafficMeasure.VEHICLES) / 1e3));
            }
        }
    }
}
