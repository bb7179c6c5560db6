package org.citystream.model.summary;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A numeric field of a summary, as rules name it.
 *
 * @param name with its family, such as {@code traffic.occupancy}
 * @param label in words, such as {@code occupancy}
 * @param unit as people write it; empty: a plain number
 * @param isAngle whether it goes round, so that only its last value means anything
 * @param value of the field; null: not measured
 * @param <S> the summary
 */
public record Metric<S>(String name, String label, String unit, boolean isAngle, Function<S, @Nullable Number> value) {

    /** The field of this summary; null: not measured. */
    public @Nullable Double of(S summary) {
        Number number = value.apply(summary);
        return number == null ? null : number.doubleValue();
    }
}
