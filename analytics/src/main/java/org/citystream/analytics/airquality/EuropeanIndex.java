package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.analytics.table.Table;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Pollutant;
import org.jspecify.annotations.Nullable;

/**
 * European Air Quality Index, 2024 revision (ETC HE 2024/17): hourly means of five pollutants, each in one of six
 * bands; the worst decides. Upper edges are inclusive, on the unrounded value.
 */
public final class EuropeanIndex {
    private static final Map<Pollutant, List<BigDecimal>> UPPER_EDGES = load();

    private EuropeanIndex() {}

    /**
     * The index of one hour.
     *
     * @param level 1 (good) to 6 (extremely poor), named by {@link AirIndex#EUROPEAN}
     * @param pollutant the one that decides; of equal ones the first in the order of {@link Pollutant}
     * @param incomplete whether the minimum set is not measured, so that the level is a lower bound
     */
    public record Level(int level, Pollutant pollutant, boolean incomplete) {}

    /** Band 1..6 of one pollutant's hourly mean in µg/m³; negative noise is band 1. CO has no band. */
    public static Optional<Integer> band(Pollutant pollutant, BigDecimal microgramsPerM3) {
        List<BigDecimal> edges = UPPER_EDGES.get(pollutant);
        if (edges == null) {
            return Optional.empty();
        }
        int band = 1;
        for (BigDecimal edge : edges) {
            if (microgramsPerM3.compareTo(edge) <= 0) {
                return Optional.of(band);
            }
            band++;
        }
        return Optional.of(band);
    }

    /**
     * The worst band of what is measured. The minimum set is NO2 and a particulate at traffic stations, and ozone too
     * elsewhere and where the setting is unknown.
     */
    public static Optional<Level> of(Map<Pollutant, BigDecimal> hourlyMeans, @Nullable Setting setting) {
        Level worst = null;
        boolean incomplete = !hasMinimumSet(hourlyMeans, setting);
        for (Pollutant pollutant : Pollutant.values()) {
            BigDecimal mean = hourlyMeans.get(pollutant);
            Optional<Integer> band = mean == null ? Optional.empty() : band(pollutant, mean);
            if (band.isPresent() && (worst == null || band.get() > worst.level())) {
                worst = new Level(band.get(), pollutant, incomplete);
            }
        }
        return Optional.ofNullable(worst);
    }

    private static boolean hasMinimumSet(Map<Pollutant, BigDecimal> means, @Nullable Setting setting) {
        boolean particulate = means.containsKey(Pollutant.PM25) || means.containsKey(Pollutant.PM10);
        boolean ozone = means.containsKey(Pollutant.O3) || setting == Setting.TRAFFIC;
        return means.containsKey(Pollutant.NO2) && particulate && ozone;
    }

    private static Map<Pollutant, List<BigDecimal>> load() {
        List<Table.Row> rows = Table.read(AirIndex.class, "european-index-2024.csv");
        Map<Pollutant, List<BigDecimal>> edges = new EnumMap<>(Pollutant.class);
        for (Pollutant pollutant : Pollutant.values()) {
            List<BigDecimal> upper = rows.stream()
                    .filter(row -> row.text("pollutant").replace(".", "").equals(pollutant.name()))
                    .flatMap(row -> row.optionalNumber("at_most").stream())
                    .toList();
            if (!upper.isEmpty()) {
                edges.put(pollutant, upper);
            }
        }
        return edges;
    }
}
