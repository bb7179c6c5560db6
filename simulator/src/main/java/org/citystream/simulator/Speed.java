package org.citystream.simulator;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Clock seconds per wall second, as given on the command line: a number above 0, or {@code max}.
 *
 * @param factor infinite for {@code max}
 */
record Speed(double factor) {
    static final Speed REAL_TIME = new Speed(1);

    Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed must be above 0 but is " + factor);
        }
    }

    /** For picocli, which shows the message of this exception only. */
    static final class Converter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static Speed parse(String text) {
        if (text.equals("max")) {
            return new Speed(Double.POSITIVE_INFINITY);
        }
        try {
            return new Speed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a speed is a number above 0, or max, but not '" + text + "'", e);
        }
    }

    @Override
    public String toString() {
        return Double.isInfinite(factor) ? "max" : Double.toString(factor);
    }
}
