package org.citystream.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The format of one line: a letter for what happened and its parts, separated by spaces, {@code -} for what is absent.
 *
 * <pre>
 * o 17 2026-11-23T08:15:30.120Z                       a process began to write; its first number will be 17
 * s 17 loop-0421 7f3a 18231 1 1795421730000 9c0f...   sent, in the native format; f: in another one
 * r 17                                                sent again
 * a 17                                                acknowledged
 * i 17                                                indefinite
 * </pre>
 */
final class LedgerLine {
    private static final String ABSENT = "-";
    private static final int SENT_PARTS = 7;
    private static final int HEXADECIMAL = 16;

    private LedgerLine() {}

    static String opened(Instant wall, long firstNumber) {
        return "o " + firstNumber + ' ' + wall + '\n';
    }

    static String sent(Entry entry) {
        MessageId id = entry.id();
        return (entry.nativeFormat() ? "s " : "f ")
                + entry.number()
                + ' '
                + id.sensorId()
                + ' '
                + orAbsent(id.bootId())
                + ' '
                + orAbsent(id.sequence())
                + ' '
                + orAbsent(id.laneId())
                + ' '
                + id.observedAt().toEpochMilli()
                + ' '
                + Long.toHexString(entry.payloadHash())
                + '\n';
    }

    static String repeated(long number) {
        return "r " + number + '\n';
    }

    static String acknowledged(long number) {
        return "a " + number + '\n';
    }

    static String indefinite(long number) {
        return "i " + number + '\n';
    }

    private static Object orAbsent(@Nullable Object part) {
        return part == null ? ABSENT : part;
    }

    /**
     * Reads a line, without its end, and tells the visitor.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static void read(String line, LedgerVisitor visitor) {
        if (line.length() < 3 || line.charAt(1) != ' ') {
            throw new IllegalArgumentException("is no ledger line");
        }
        try {
            switch (line.charAt(0)) {
                case 'o' -> opened(line, visitor);
                case 's' -> visitor.sent(entry(line, true));
                case 'f' -> visitor.sent(entry(line, false));
                case 'r' -> visitor.repeated(Long.parseLong(line, 2, line.length(), 10));
                case 'a' -> visitor.acknowledged(Long.parseLong(line, 2, line.length(), 10));
                case 'i' -> visitor.indefinite(Long.parseLong(line, 2, line.length(), 10));
                default -> throw new IllegalArgumentException("begins with none of o, s, f, r, a, i");
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("holds something that is no number or time", e);
        }
    }

    private static void opened(String line, LedgerVisitor visitor) {
        int end = line.indexOf(' ', 2);
        if (end < 0) {
            throw new IllegalArgumentException("has no time");
        }
        visitor.opened(Instant.parse(line.substring(end + 1)), Long.parseLong(line, 2, end, 10));
    }

    private static Entry entry(String line, boolean nativeFormat) {
        String[] parts = new String[SENT_PARTS];
        int begin = 2;
        for (int i = 0; i < SENT_PARTS; i++) {
            int end = i == SENT_PARTS - 1 ? line.length() : line.indexOf(' ', begin);
            if (end < begin) {
                throw new IllegalArgumentException("has fewer than " + (SENT_PARTS + 1) + " parts");
            }
            parts[i] = line.substring(begin, end);
            begin = end + 1;
        }
        MessageId id = new MessageId(
                parts[1],
                parts[2].equals(ABSENT) ? null : parts[2],
                parts[3].equals(ABSENT) ? null : Long.valueOf(parts[3]),
                parts[4].equals(ABSENT) ? null : Integer.valueOf(parts[4]),
                Instant.ofEpochMilli(Long.parseLong(parts[5])));
        return new Entry(Long.parseLong(parts[0]), id, Long.parseUnsignedLong(parts[6], HEXADECIMAL), nativeFormat);
    }
}
