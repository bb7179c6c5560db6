package org.citystream.model.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of enum constants on the wire: lower case, words joined by hyphens ({@code TRAVEL_TIME} is {@code travel-time}). */
public final class WireName {
    private WireName() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant of {@code type} with this wire name.
     *
     * @throws IllegalArgumentException naming the known values, if there is none
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(name)) {
                return constant;
            }
        }
        String known = Arrays.stream(type.getEnumConstants()).map(WireName::of).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + name + "' is not one of " + known);
    }
}
