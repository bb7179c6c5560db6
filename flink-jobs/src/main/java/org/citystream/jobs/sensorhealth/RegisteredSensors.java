package org.citystream.jobs.sensorhealth;

import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.citystream.jobs.control.Control;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;

/** Signs of the sensors that the registry names, so that one that never reports is missed too. */
final class RegisteredSensors implements FlatMapFunction<Control, SensorSign> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(Control control, Collector<SensorSign> out) {
        if (control.kind() != Control.Kind.SENSOR) {
            return;
        }
        try {
            out.collect(SensorSign.registered(JsonCodec.read(control.json(), Sensor.class)));
        } catch (UncheckedIOException e) {
            // Who keeps the registry logs what it cannot read; here there is merely nobody to watch.
        }
    }
}
