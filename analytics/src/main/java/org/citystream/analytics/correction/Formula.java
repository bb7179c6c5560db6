package org.citystream.analytics.correction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.table.Table;

/**
 * A formula piece by piece over the raw value; some pieces blend the one before into the one after.
 *
 * @param pieces by where they begin, the first from below
 */
record Formula(List<Piece> pieces) {

    /**
     * One piece: {@code c0 + c1 raw + c2 raw² + rh humidity}, or where it blends the weight of the next piece, {@code c0 + c1
     * raw}.
     *
     * @param above whether it begins above {@code from}; otherwise at it
     */
    record Piece(double from, boolean above, boolean blends, double c0, double c1, double c2, double rh) {
        boolean holds(double raw) {
            return above ? raw > from : raw >= from;
        }

        double of(double raw, double humidityPercent) {
            double humid = rh == 0 ? 0 : rh * humidityPercent;
            return c0 + c1 * raw + c2 * raw * raw + humid;
        }
    }

    static Formula line(double c0, double c1, double rh) {
        return new Formula(List.of(new Piece(Double.NEGATIVE_INFINITY, false, false, c0, c1, 0, rh)));
    }

    /** By name, from a table beside a class. */
    static Map<String, Formula> read(Class<?> beside, String resource) {
        Map<String, List<Piece>> pieces = new LinkedHashMap<>();
        for (Table.Row row : Table.read(beside, resource)) {
            pieces.computeIfAbsent(row.text("formula"), name -> new ArrayList<>())
                    .add(piece(row));
        }
        Map<String, Formula> formulas = new LinkedHashMap<>();
        pieces.forEach((name, list) -> formulas.put(name, new Formula(List.copyOf(list))));
        return formulas;
    }

    private static Piece piece(Table.Row row) {
        boolean blends = row.optionalNumber("weight1").isPresent();
        return new Piece(
                row.optionalNumber("from").map(BigDecimal::doubleValue).orElse(Double.NEGATIVE_INFINITY),
                row.text("starts").equals("above"),
                blends,
                row.number(blends ? "weight0" : "c0").doubleValue(),
                row.number(blends ? "weight1" : "c1").doubleValue(),
                blends ? 0 : row.number("c2").doubleValue(),
                blends ? 0 : row.number("rh").doubleValue());
    }

    double of(double raw, double humidityPercent) {
        int held = 0;
        for (int i = 1; i < pieces.size(); i++) {
            if (pieces.get(i).holds(raw)) {
                held = i;
            }
        }
        Piece piece = pieces.get(held);
        if (!piece.blends()) {
            return piece.of(raw, humidityPercent);
        }
        double weight = piece.of(raw, 0);
        return (1 - weight) * pieces.get(held - 1).of(raw, humidityPercent)
                + weight * pieces.get(held + 1).of(raw, humidityPercent);
    }
}
