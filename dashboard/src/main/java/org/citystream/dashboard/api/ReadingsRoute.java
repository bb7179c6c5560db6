package org.citystream.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.List;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.RecentReadings;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;

/** {@code GET /api/v1/sensors/{id}/readings}: what a sensor has said lately, newest arrival first. */
final class ReadingsRoute {
    private static final int SHOWN = 20;

    private final CityState state;
    private final RecentReadings readings;

    ReadingsRoute(CityState state, RecentReadings readings) {
        this.state = state;
        this.readings = readings;
    }

    private record Answer(String sensorId, List<JsonNode> readings) {}

    void handle(Context context) {
        String id = context.pathParam("id");
        Sensor sensor = state.registry().at(state.now()).stream()
                .filter(each -> each.sensorId().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("no sensor has such an id"));
        try {
            Answer answer = new Answer(id, readings.of(sensor, SHOWN));
            context.contentType("application/json").result(JsonCodec.write(answer));
        } catch (RecentReadings.UnavailableException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()));
        }
    }
}
