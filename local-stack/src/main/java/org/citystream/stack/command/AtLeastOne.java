package org.citystream.stack.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many of something are wanted: a whole number from 1. */
final class AtLeastOne implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused like a number that is too small.
        }
        throw new TypeConversionException("must be a whole number from 1, not '" + text + "'");
    }
}
