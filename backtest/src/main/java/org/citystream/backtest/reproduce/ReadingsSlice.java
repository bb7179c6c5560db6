package org.citystream.backtest.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.run.BoundedRun;
import org.citystream.backtest.run.Tape;
import org.citystream.jobs.airquality.AirQualityTopology;
import org.citystream.jobs.control.HeldControls;
import org.citystream.jobs.traffic.TrafficTopology;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/** The readings that a decision about a road segment or station rests on, and those that stand between them. */
final class ReadingsSlice implements Slice {
    private final CityEvent event;
    private final SensorKind kind;
    private final Start start;
    private final List<Reading> readings;

    private ReadingsSlice(CityEvent event, SensorKind kind, Start start, List<Reading> readings) {
        this.event = event;
        this.kind = kind;
        this.start = start;
        this.readings = readings;
    }

    static Slice of(CityEvent event, History history) {
        Start start = Start.of(event);
        JsonNode source = event.evidence().path("source");
        boolean air = source.path("topic").asText().equals(Topics.READINGS_AIR.name());
        Topic topic = air ? Topics.READINGS_AIR : Topics.READINGS_TRAFFIC;
        SensorKind kind = air ? SensorKind.AIR : SensorKind.TRAFFIC;
        PaneTiming timing = air ? PaneTiming.AIR : PaneTiming.TRAFFIC;
        List<Reading> readings = new ArrayList<>();
        for (JsonNode range : source.path("partitions")) {
            readings.addAll(history.readings(
                    topic,
                    kind,
                    range.path("partition").asInt(),
                    range.path("from").asLong(),
                    range.path("to").asLong()));
        }
        // The job left them out by their own stamp, whatever else it had read.
        readings.removeIf(reading ->
                reading.observedAt() < reading.clockAt() - timing.horizon().toMillis());
        return new ReadingsSlice(event, kind, start, readings);
    }

    @Override
    public int size() {
        return readings.size();
    }

    @Override
    public List<CityEvent> decide(List<Sensor> sensors, List<Rule> rules) throws Exception {
        HeldControls controls = new HeldControls(sensors, rules);
        PaneTiming timing = kind == SensorKind.AIR ? PaneTiming.AIR.withPreviewEvery(null) : PaneTiming.TRAFFIC;
        List<Reading> arriving = Clocks.around(readings, event, start, timing);
        try (Tape tape = new Tape(arriving::iterator)) {
            return BoundedRun.of(env -> kind == SensorKind.AIR
                    ? AirQualityTopology.build(tape.open(env, kind), controls, timing, start.resuming(AirFold::new))
                            .events()
                    : TrafficTopology.build(tape.open(env, kind), controls, timing, start.resuming(TrafficFold::new))
                            .events());
        }
    }
}
