package org.citystream.model.rule;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Time over which concentrations are averaged before they are held against a limit. Needs values of three quarters of it. */
public enum Averaging {
    /** A clock hour. */
    HOUR("1h", 1),
    /** The last 8 clock hours, every hour anew. */
    EIGHT_HOURS("8h", 8),
    /** The last 24 clock hours, every hour anew. */
    TWENTY_FOUR_HOURS("24h", 24),
    /** A calendar day of the station's time zone: 24 hours, or 23 or 25 where clocks change. */
    DAY("day", 24);

    private final String wireName;
    private final int hours;

    Averaging(String wireName, int hours) {
        this.wireName = wireName;
        this.hours = hours;
    }

    public String wireName() {
        return wireName;
    }

    /** Length in hours; of a calendar day the usual one. */
    public int hours() {
        return hours;
    }

    /**
     * The averaging of this name.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    static Averaging parse(String name) {
        for (Averaging averaging : values()) {
            if (averaging.wireName.equals(name)) {
                return averaging;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is not one of "
                + Arrays.stream(values()).map(Averaging::wireName).collect(Collectors.joining(", ")));
    }
}
