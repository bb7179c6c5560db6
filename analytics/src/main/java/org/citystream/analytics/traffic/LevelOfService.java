package org.citystream.analytics.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.table.Table;

/** Level of service A..F after the Highway Capacity Manual; the tables and their sources are resource files. */
public final class LevelOfService {
    private static final double KM_PER_MILE = 1.609344;
    private static final String WORST = "F";

    private static final Map<String, Double> FREEWAY = freeway();
    /** Base free-flow speed, mph, to the lower bounds of A..E, mph. */
    private static final TreeMap<Double, Map<String, Double>> URBAN = urban();

    private LevelOfService() {}

    private static Map<String, Double> freeway() {
        Map<String, Double> edges = new LinkedHashMap<>();
        for (Table.Row row : Table.read(LevelOfService.class, "los-freeway.csv")) {
            edges.put(row.text("los"), row.number("le_pc_mi_ln").doubleValue());
        }
        return edges;
    }

    private static TreeMap<Double, Map<String, Double>> urban() {
        TreeMap<Double, Map<String, Double>> columns = new TreeMap<>();
        for (Table.Row row : Table.read(LevelOfService.class, "los-urban-street.csv")) {
            columns.computeIfAbsent(row.number("base_ffs_mph").doubleValue(), base -> new LinkedHashMap<>())
                    .put(row.text("los"), row.number("gt_speed_mph").doubleValue());
        }
        return columns;
    }

    /** A basic freeway segment, by density; a vehicle counts as one passenger car. */
    public static String freeway(double densityVehKmLane) {
        double perMile = densityVehKmLane * KM_PER_MILE;
        for (Map.Entry<String, Double> edge : FREEWAY.entrySet()) {
            if (perMile <= edge.getValue()) {
                return edge.getKey();
            }
        }
        return WORST;
    }

    /** An urban street segment, by travel speed against its base free-flow speed. */
    public static String urbanStreet(double speedKmh, double freeFlowSpeedKmh) {
        double speed = speedKmh / KM_PER_MILE;
        double base = freeFlowSpeedKmh / KM_PER_MILE;
        for (String level : URBAN.firstEntry().getValue().keySet()) {
            if (speed > bound(level, base)) {
                return level;
            }
        }
        return WORST;
    }

    /** Interpolated between the columns of the table; outside of them in proportion to the nearest. */
    private static double bound(String level, double base) {
        Map.Entry<Double, Map<String, Double>> below = URBAN.floorEntry(base);
        Map.Entry<Double, Map<String, Double>> above = URBAN.ceilingEntry(base);
        if (below == null || above == null) {
            Map.Entry<Double, Map<String, Double>> nearest = below == null ? URBAN.firstEntry() : below;
            return value(nearest, level) * base / nearest.getKey();
        }
        if (below.getKey().equals(above.getKey())) {
            return value(below, level);
        }
        double share = (base - below.getKey()) / (above.getKey() - below.getKey());
        return value(below, level) + share * (value(above, level) - value(below, level));
    }

    private static double value(Map.Entry<Double, Map<String, Double>> column, String level) {
        return column.getValue().getOrDefault(level, 0.0);
    }
}
