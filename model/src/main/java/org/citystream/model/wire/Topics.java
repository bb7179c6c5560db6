package org.citystream.model.wire;

import java.time.Duration;
import java.util.List;

/**
 * The topic catalogue. Record timestamps are arrival times everywhere; event time is in the value, because Kafka judges
 * retention by the record timestamp.
 */
public final class Topics {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    public static final Topic READINGS_TRAFFIC = new Topic("city.readings.traffic.v1", 4, "sensorId", WEEK);
    public static final Topic READINGS_AIR = new Topic("city.readings.air.v1", 4, "sensorId", MONTH);
    public static final Topic READINGS_REJECTED = new Topic("city.readings.rejected.v1", 1, "MQTT topic", MONTH);
    public static final Topic READINGS_LATE = new Topic("city.readings.late.v1", 1, "sensorId", MONTH);
    public static final Topic CLOCK = new Topic("city.clock.v1", 1, "-", Duration.ofDays(1));
    public static final Topic SENSORS = new Topic("city.sensors.v1", 1, "sensorId@version", null);
    public static final Topic RULES = new Topic("city.rules.v1", 1, "ruleId@version", null);
    /** Under which client ids gateways have had sessions at the MQTT broker. */
    public static final Topic GATEWAY_SESSIONS = new Topic("city.gateway-sessions.v1", 1, "client id", null);

    public static final Topic SUMMARIES_TRAFFIC = new Topic("city.summaries.traffic.v1", 4, "roadSegmentId", WEEK);
    public static final Topic SUMMARIES_CORRIDOR = new Topic("city.summaries.corridor.v1", 1, "corridorId", MONTH);
    public static final Topic SUMMARIES_AIR = new Topic("city.summaries.air.v1", 4, "stationId", MONTH);
    public static final Topic SENSOR_HEALTH = new Topic("city.sensor-health.v1", 1, "sensorId", null);
    public static final Topic POINTS_REJECTED = new Topic("city.points.rejected.v1", 1, "measurement", MONTH);
    public static final Topic EVENTS = new Topic("city.events.v1", 4, "subject id", Duration.ofDays(365));

    /** Every topic, in the order they are created. */
    public static final List<Topic> ALL = List.of(
            SENSORS,
            RULES,
            CLOCK,
            READINGS_TRAFFIC,
            READINGS_AIR,
            READINGS_REJECTED,
            READINGS_LATE,
            GATEWAY_SESSIONS,
            SUMMARIES_TRAFFIC,
            SUMMARIES_CORRIDOR,
            SUMMARIES_AIR,
            SENSOR_HEALTH,
            POINTS_REJECTED,
            EVENTS);

    private Topics() {}
}
