package org.citystream.gateway.decode;

/** Ids of sensors, cities and boots: {@code [A-Za-z0-9._:-]{1,128}}. */
public final class Ids {
    private static final int MAX_LENGTH = 128;

    private Ids() {}

    /** Whether the text may be used as an id, and so in keys, labels and logs. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The text with {@code _} for every character that ids do not have. */
    static String withAllowedCharacters(String text) {
        StringBuilder allowed = new StringBuilder(text.length());
        text.codePoints().forEach(c -> allowed.append(c < 128 && isAllowed((char) c) ? (char) c : '_'));
        return allowed.toString();
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }
}
