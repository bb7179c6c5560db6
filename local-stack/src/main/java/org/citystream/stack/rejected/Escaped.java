package org.citystream.stack.rejected;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bytes and texts of strangers, fit for a terminal: nothing that comes out moves the cursor, changes colours, starts a line
 * or turns the reading direction.
 */
public final class Escaped {
    private static final int BYTES_A_LINE = 16;

    private Escaped() {}

    /** On one line. Control, format and other invisible characters become escapes such as {@code \n} or {@code \u001b}. */
    public static String line(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(escaped, point));
        return escaped.toString();
    }

    /** At most so many characters of it. */
    public static String line(String text, int longest) {
        String escaped = line(text);
        return escaped.length() <= longest ? escaped : escaped.substring(0, longest - 3) + "...";
    }

    private static void append(StringBuilder escaped, int point) {
        switch (point) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case '\\' -> escaped.append("\\\\");
            default -> {
                if (isVisible(point)) {
                    escaped.appendCodePoint(point);
                } else {
                    for (char unit : Character.toChars(point)) {
                        escaped.append("\\u").append(HexFormat.of().toHexDigits(unit));
                    }
                }
            }
        }
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The text that the bytes are in UTF-8, escaped; empty if they are none. */
    public static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(line(text));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Offset, sixteen bytes and their printable ASCII on each line, as {@code hexdump -C} does. */
    public static String hex(byte[] bytes) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < bytes.length; from += BYTES_A_LINE) {
            int to = Math.min(bytes.length, from + BYTES_A_LINE);
            String digits = HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
            dump.append(HexFormat.of().toHexDigits(from, 8))
                    .append("  ")
                    .append(digits)
                    .append(" ".repeat(3 * BYTES_A_LINE + 1 - digits.length()))
                    .append('|');
            for (int i = from; i < to; i++) {
                dump.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            dump.append('|').append(System.lineSeparator());
        }
        return dump.toString();
    }
}
