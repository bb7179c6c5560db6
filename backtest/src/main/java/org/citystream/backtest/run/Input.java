package org.citystream.backtest.run;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.SensorKind;

/** Bounded readings and ticks, with clock watermarks. */
public interface Input {
    /** @param kind of the readings wanted */
    DataStream<Reading> open(StreamExecutionEnvironment env, SensorKind kind);
}
