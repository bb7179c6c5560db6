package org.citystream.backtest.run;

import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.airquality.AirQualityTopology;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.time.GroupedStreams;
import org.citystream.jobs.traffic.TrafficTopology;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.SensorKind;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;

/**
 * The topology of a job over bounded input, in a Flink cluster in this process, in streaming mode: batch mode would hold
 * time back until a key's input has ended.
 */
public final class BoundedRun {
    /** What stations say of an hour that still runs decides nothing. */
    private static final PaneTiming AIR = PaneTiming.AIR.withPreviewEvery(null);

    private BoundedRun() {}

    /** What is to become of a stream of events. */
    public interface Building {
        DataStream<KeyedJson> events(StreamExecutionEnvironment env);
    }

    /**
     * What a run told, each key in order.
     *
     * @param summaries of road segments; empty if they were not asked for
     */
    public record Told(List<CityEvent> events, List<TrafficSummary> summaries) {}

    /** Runs the job of one kind over all of an input. */
    public static Told of(SensorKind kind, Input input, ControlLog controls, boolean withSummaries) throws Exception {
        StreamExecutionEnvironment env = environment(Runtime.getRuntime().availableProcessors());
        DataStream<Reading> readings = input.open(env, kind);
        try (Gathered events = new Gathered();
                Gathered summaries = new Gathered()) {
            if (kind == SensorKind.TRAFFIC) {
                GroupedStreams traffic = TrafficTopology.build(readings, controls, PaneTiming.TRAFFIC);
                traffic.events().sinkTo(events).uid("events");
                if (withSummaries) {
                    traffic.summaries().sinkTo(summaries).uid("summaries");
                }
            } else {
                GroupedStreams air = AirQualityTopology.build(readings, controls, AIR);
                air.events().sinkTo(events).uid("events");
            }
            env.execute("backtest");
            return new Told(read(events, CityEvent.class), read(summaries, TrafficSummary.class));
        }
    }

    /** Runs whatever is built to the end of its input. */
    public static List<CityEvent> of(Building building) throws Exception {
        StreamExecutionEnvironment env = environment(1);
        try (Gathered events = new Gathered()) {
            building.events(env).sinkTo(events).uid("events");
            env.execute("reproduce");
            return read(events, CityEvent.class);
        }
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        return JobEnvironment.withoutCheckpoints(env);
    }

    private static <T> List<T> read(Gathered gathered, Class<T> type) {
        return gathered.records().stream()
                .map(record -> JsonCodec.read(record.json(), type))
                .toList();
    }
}
