package org.citystream.model.series;

/**
 * Text as the value of a tag. The line protocol has no way to write a line break, and a backslash before a separator changes
 * its meaning; so these characters are percent-encoded, and the percent sign with them. Ids as the contract has them
 * ({@code [A-Za-z0-9._:-]}) stay as they are.
 */
public final class TagText {
    private static final String HEX = "0123456789ABCDEF";

    private TagText() {}

    /** What is written and asked for. */
    public static String encoded(String text) {
        if (text.chars().noneMatch(TagText::isEncoded)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isEncoded(c)) {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    /** Controls of ASCII, which all line breaks that a store knows are; backslash; percent sign. */
    private static boolean isEncoded(int c) {
        return c < ' ' || c == 0x7F || c == '\\' || c == '%';
    }

    /** What {@link #encoded} was given; a percent sign without two digits stands for itself. */
    public static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                decoded.append(c);
            } else {
                decoded.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return decoded.toString();
    }
}
