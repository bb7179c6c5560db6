package org.citystream.gateway.decode;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/** Names that other systems give to what we know, without regard to case, {@code _}, {@code -}, {@code .} and spaces. */
final class Vocabulary {

    /**
     * A known name.
     *
     * @param unit what it is in when nothing says otherwise
     */
    record Term(Quantity quantity, Unit unit) {}

    /** No known name comes near it, whatever separators it is written with. */
    private static final int LONGEST_NAME = 64;

    private static final Pattern SEPARATORS = Pattern.compile("[-_. ]");
    private static final Map<String, Term> TERMS = terms();

    private Vocabulary() {}

    private static Map<String, Term> terms() {
        Map<String, Term> terms = new HashMap<>();
        add(terms, Quantity.PM25, Unit.MICROGRAM_PER_M3, "pm25", "pm2p5", "pm25ugm3");
        add(terms, Quantity.PM10, Unit.MICROGRAM_PER_M3, "pm10", "pm10ugm3");
        add(terms, Quantity.NO2, Unit.MICROGRAM_PER_M3, "no2", "nitrogendioxide", "no2ugm3");
        add(terms, Quantity.O3, Unit.MICROGRAM_PER_M3, "o3", "ozone", "o3ugm3");
        add(terms, Quantity.SO2, Unit.MICROGRAM_PER_M3, "so2", "sulfurdioxide", "sulphurdioxide", "so2ugm3");
        add(terms, Quantity.CO, Unit.MILLIGRAM_PER_M3, "co", "carbonmonoxide", "comgm3");
        add(terms, Quantity.TEMPERATURE, Unit.CELSIUS, "temperature", "temp", "airtemperature", "temperaturec");
        add(terms, Quantity.RELATIVE_HUMIDITY, Unit.PERCENT, "relativehumidity", "humidity", "airhumidity", "rh");
        add(terms, Quantity.WIND_SPEED, Unit.METRE_PER_SECOND, "windspeed", "windspeedms");
        add(terms, Quantity.WIND_DIRECTION, Unit.DEGREE, "winddirection", "winddirectiondeg");
        add(
                terms,
                Quantity.AVERAGE_SPEED,
                Unit.KILOMETRE_PER_HOUR,
                "averagespeed",
                "averagespeedkmh",
                "averagevehiclespeed",
                "speedkmh");
        add(terms, Quantity.OCCUPANCY, Unit.RATIO, "occupancy");
        add(terms, Quantity.VEHICLE_COUNT, Unit.COUNT, "vehiclecount", "vehicles");
        return Map.copyOf(terms);
    }

    private static void add(Map<String, Term> terms, Quantity quantity, Unit unit, String... names) {
        for (String name : names) {
            terms.put(name, new Term(quantity, unit));
        }
    }

    /** Null if the name means nothing to us. */
    static @Nullable Term find(String name) {
        return name.length() > LONGEST_NAME
                ? null
                : TERMS.get(SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(""));
    }
}
