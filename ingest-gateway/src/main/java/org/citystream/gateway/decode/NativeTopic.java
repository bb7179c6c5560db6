package org.citystream.gateway.decode;

import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** An MQTT topic of the native format: {@code city/{cityId}/traffic/{sensorId}} or {@code .../air/...}. */
record NativeTopic(String cityId, SensorKind kind, String sensorId) {
    private static final String ROOT = "city/";

    /** The parts, not yet judged; null if the topic has another form. */
    static @Nullable NativeTopic parse(String topic) {
        if (!topic.startsWith(ROOT)) {
            return null;
        }
        int afterCity = topic.indexOf('/', ROOT.length());
        int afterKind = afterCity < 0 ? -1 : topic.indexOf('/', afterCity + 1);
        if (afterKind < 0 || topic.indexOf('/', afterKind + 1) >= 0) {
            return null;
        }
        SensorKind kind = switch (topic.substring(afterCity + 1, afterKind)) {
            case "traffic" -> SensorKind.TRAFFIC;
            case "air" -> SensorKind.AIR;
            default -> null;
        };
        return kind == null
                ? null
                : new NativeTopic(topic.substring(ROOT.length(), afterCity), kind, topic.substring(afterKind + 1));
    }
}
