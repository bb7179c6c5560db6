package org.citystream.model.rule;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Concentrations as written in rules: a number, a space and {@code ug/m3}, {@code µg/m³} or {@code mg/m3}. */
final class ConcentrationText {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([uµμ]g/m[3³]|mg/m[3³])");

    private static final double LARGEST = 1e6;

    private ConcentrationText() {}

    /** The value in {@link Pollutant#unit()}. */
    static double parse(String text, Pollutant pollutant) {
        Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a concentration such as '200 ug/m3' but is '" + text + "'");
        }
        double value = Double.parseDouble(matcher.group(1));
        if (value > LARGEST) {
            throw new IllegalArgumentException("must be a concentration of at most 1000000 but is '" + text + "'");
        }
        boolean milligrams = matcher.group(2).startsWith("m");
        boolean wantsMilligrams = pollutant == Pollutant.CO;
        if (milligrams == wantsMilligrams) {
            return value;
        }
        return milligrams ? value * 1000 : value / 1000;
    }

    static String write(double value, Pollutant pollutant) {
        return trimmed(value) + (pollutant == Pollutant.CO ? " mg/m3" : " ug/m3");
    }

    private static String trimmed(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).toPlainString();
    }
}
