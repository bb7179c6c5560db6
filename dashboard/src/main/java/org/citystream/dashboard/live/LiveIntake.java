package org.citystream.dashboard.live;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockState;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;

/** Takes records as they come from the log: into the state, and on to those who watch if they are news. */
public final class LiveIntake {
    private interface Handler {
        void handle(byte[] value);
    }

    private final CityState state;
    private final LiveChannel channel;
    private final Map<String, Handler> handlers = Map.of(
            Topics.SENSORS.name(), this::sensor,
            Topics.SUMMARIES_TRAFFIC.name(), this::traffic,
            Topics.SUMMARIES_AIR.name(), this::air,
            Topics.SENSOR_HEALTH.name(), this::health,
            Topics.EVENTS.name(), this::event,
            Topics.CLOCK.name(), this::clock);

    public LiveIntake(CityState state, LiveChannel channel) {
        this.state = state;
        this.channel = channel;
    }

    /**
     * Takes one record.
     *
     * @throws java.io.UncheckedIOException if it is not what the topic promises
     * @throws IllegalArgumentException for a topic that is not followed, or a value out of range
     */
    public void accept(String topic, byte[] value) {
        Handler handler = handlers.get(topic);
        if (handler == null) {
            throw new IllegalArgumentException("topic " + topic + " is not followed");
        }
        handler.handle(value);
    }

    private void sensor(byte[] value) {
        state.registry().accept(JsonCodec.read(value, Sensor.class));
    }

    private void traffic(byte[] value) {
        TrafficSummary summary = JsonCodec.read(value, TrafficSummary.class);
        if (state.accept(summary)) {
            publish("summary", "traffic/" + summary.roadSegmentId(), value);
        }
    }

    private void air(byte[] value) {
        AirQualitySummary summary = JsonCodec.read(value, AirQualitySummary.class);
        if (state.accept(summary)) {
            publish("summary", "air/" + summary.stationId(), value);
        }
    }

    private void health(byte[] value) {
        SensorHealth health = JsonCodec.read(value, SensorHealth.class);
        state.accept(health);
        publish("health", health.sensorId(), value);
    }

    private void event(byte[] value) {
        CityEvent event = JsonCodec.read(value, CityEvent.class);
        state.episodes().accept(event);
        publish("event", event.episodeId(), value);
    }

    private void clock(byte[] value) {
        state.accept(JsonCodec.read(value, ClockState.class));
        publish("clock", "clock", value);
    }

    private void publish(String event, String subject, byte[] json) {
        channel.publish(new LiveMessage(event, subject, new String(json, StandardCharsets.UTF_8)));
    }
}
