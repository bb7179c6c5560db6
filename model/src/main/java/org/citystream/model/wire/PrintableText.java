package org.citystream.model.wire;

/** Text from outside, fit for a log line or a header: it neither breaks the line, nor moves a cursor, nor fills it. */
public final class PrintableText {
    private static final String MORE = "...";

    private PrintableText() {}

    /** The text, cut to {@code longest} characters, with a question mark for each that is not to be seen. */
    public static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest - MORE.length()) + MORE;
        return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
