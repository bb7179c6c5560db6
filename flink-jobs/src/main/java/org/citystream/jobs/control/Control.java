package org.citystream.jobs.control;

/**
 * Something that decides how readings are judged: a version of a rule or of a registry entry, or since when intake has
 * been uninterrupted.
 *
 * @param json the record of {@code city.rules.v1} or {@code city.sensors.v1}; empty for SINCE
 * @param since epoch ms; 0 but for SINCE
 */
public record Control(Kind kind, byte[] json, long since) {
    /** What a control says. */
    public enum Kind {
        SENSOR,
        RULE,
        SINCE
    }

    public static Control sensor(byte[] json) {
        return new Control(Kind.SENSOR, json, 0);
    }

    public static Control rule(byte[] json) {
        return new Control(Kind.RULE, json, 0);
    }

    public static Control since(long since) {
        return new Control(Kind.SINCE, new byte[0], since);
    }
}
