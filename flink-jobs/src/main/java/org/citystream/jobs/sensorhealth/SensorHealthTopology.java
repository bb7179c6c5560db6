package org.citystream.jobs.sensorhealth;

import java.time.Duration;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.LateGate;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.SensorKind;

/**
 * Readings of both kinds and the registry become the health of every sensor.
 *
 * @param health keyed by sensor, whenever it changes
 * @param events keyed by sensor
 */
public record SensorHealthTopology(DataStream<KeyedJson> health, DataStream<KeyedJson> events) {
    /** A late reading is a sign of life as well. */
    private static final Duration NEVER_TOO_LATE = Duration.ofDays(36_500);

    /**
     * @param traffic with ticks, and clock watermarks
     * @param air likewise
     * @param refused what the gateway refused of sensors, with no part in time
     */
    static SensorHealthTopology build(
            DataStream<Reading> traffic, DataStream<Reading> air, DataStream<SensorSign> refused, ControlLog log) {
        SingleOutputStreamOperator<Reading> trafficReadings = withoutTicks(traffic, "traffic");
        SingleOutputStreamOperator<Reading> airReadings = withoutTicks(air, "air");
        DataStream<Control> control = log.follow(traffic.getExecutionEnvironment());
        BroadcastStream<Control> surroundings = control.union(
                        trafficReadings.getSideOutput(LateGate.SINCE), airReadings.getSideOutput(LateGate.SINCE))
                .broadcast(new MapStateDescriptor<>("unused", Types.STRING, Types.STRING));
        DataStream<SensorSign> reported =
                signs(trafficReadings, SensorKind.TRAFFIC).union(signs(airReadings, SensorKind.AIR));
        DataStream<SensorSign> compared = reported.keyBy(SensorSign::sensorId)
                .process(new SensorHours())
                .name("hours of sensors")
                .uid("sensor-hours")
                .keyBy(NeighbourFunction::key)
                .connect(surroundings)
                .process(new NeighbourFunction(log))
                .name("neighbours")
                .uid("neighbours");
        SingleOutputStreamOperator<KeyedJson> health = reported.union(registered(control), refused, compared)
                .keyBy(SensorSign::sensorId)
                .connect(surroundings)
                .process(new SensorHealthFunction(log))
                .name("watch sensors")
                .uid("watch-sensors");
        return new SensorHealthTopology(health, health.getSideOutput(SensorHealthFunction.EVENTS));
    }

    private static SingleOutputStreamOperator<Reading> withoutTicks(DataStream<Reading> readings, String kind) {
        return readings.process(new LateGate(NEVER_TOO_LATE))
                .setParallelism(readings.getParallelism())
                .name(kind + " readings without ticks")
                .uid("without-ticks-" + kind);
    }

    private static DataStream<SensorSign> signs(DataStream<Reading> readings, SensorKind kind) {
        return readings.map(reading -> SensorSign.reported(kind, reading))
                .returns(TypeInformation.of(SensorSign.class))
                .name(kind.wireName() + " signs")
                .uid("signs-" + kind.wireName());
    }

    private static DataStream<SensorSign> registered(DataStream<Control> control) {
        return control.flatMap(new RegisteredSensors())
                .name("registered sensors")
                .uid("signs-registered");
    }
}
