package org.citystream.jobs.control;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Something that decides how readings are judged: a version of a rule or of a registry entry, or since when intake has
 * been uninterrupted.
 *
 * @param key of the record of {@code city.rules.v1} or {@code city.sensors.v1}, such as {@code no2-alert@3}; for people
 * @param json its value; empty for SINCE
 * @param since epoch ms; 0 but for SINCE
 */
@TypeInfo(ControlCodec.class)
public record Control(Kind kind, String key, byte[] json, long since) {
    /** What a control says. */
    public enum Kind {
        SENSOR,
        RULE,
        SINCE
    }

    public static Control sensor(byte[] json) {
        return sensor("", json);
    }

    public static Control sensor(String key, byte[] json) {
        return new Control(Kind.SENSOR, key, json, 0);
    }

    public static Control rule(byte[] json) {
        return rule("", json);
    }

    public static Control rule(String key, byte[] json) {
        return new Control(Kind.RULE, key, json, 0);
    }

    public static Control since(long since) {
        return new Control(Kind.SINCE, "", new byte[0], since);
    }
}
