package org.citystream.model.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * RFC 3339 times as they nearly always are: UTC with {@code Z}, years 0 to 9999. What looks different is left to the JDK,
 * which takes twenty times as long; the results are the same.
 */
public final class Rfc3339 {
    private static final int SECONDS_LENGTH = "2026-11-23T08:15:30".length();
    private static final int FRACTION_DIGITS = 9;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    /** Of fractions of none, three, six and nine digits. */
    private static final int[] NANOS_PER_LAST_DIGIT = {0, NANOS_PER_MILLI, NANOS_PER_MICRO, 1};

    private static final int NOT_A_NUMBER = -1;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Rfc3339() {}

    /**
     * The time as epoch ms, cut to whole milliseconds towards the past.
     *
     * @throws DateTimeException if it is no time
     */
    public static long millis(char[] text, int offset, int length) {
        boolean utc = isUtc(text, offset, length);
        long seconds = utc ? seconds(text, offset) : Long.MIN_VALUE;
        long nanos = utc ? nanos(text, offset + SECONDS_LENGTH, offset + length - 1) : NOT_A_NUMBER;
        if (seconds == Long.MIN_VALUE || nanos == NOT_A_NUMBER) {
            return Instant.parse(new String(text, offset, length)).toEpochMilli();
        }
        return seconds * 1000 + nanos / NANOS_PER_MILLI;
    }

    /**
     * The time, to the nanosecond.
     *
     * @throws DateTimeException if it is no time
     */
    public static Instant instant(String text) {
        char[] chars = text.toCharArray();
        boolean utc = isUtc(chars, 0, chars.length);
        long seconds = utc ? seconds(chars, 0) : Long.MIN_VALUE;
        long nanos = utc ? nanos(chars, SECONDS_LENGTH, chars.length - 1) : NOT_A_NUMBER;
        return seconds == Long.MIN_VALUE || nanos == NOT_A_NUMBER
                ? Instant.parse(text)
                : Instant.ofEpochSecond(seconds, nanos);
    }

    private static boolean isUtc(char[] text, int offset, int length) {
        return length > SECONDS_LENGTH
                && text[offset + length - 1] == 'Z'
                && text[offset + 4] == '-'
                && text[offset + 7] == '-'
                && text[offset + 10] == 'T'
                && text[offset + 13] == ':'
                && text[offset + 16] == ':';
    }

    private static long seconds(char[] text, int at) {
        int century = twoDigits(text, at);
        int yearOfCentury = twoDigits(text, at + 2);
        int month = twoDigits(text, at + 5);
        int day = twoDigits(text, at + 8);
        int hour = twoDigits(text, at + 11);
        int minute = twoDigits(text, at + 14);
        int second = twoDigits(text, at + 17);
        int year = century * 100 + yearOfCentury;
        if (century < 0
                || yearOfCentury < 0
                || month < 1
                || month > 12
                || day < 1
                || day > DAYS_OF_MONTH[month - 1] + (month == 2 && isLeap(year) ? 1 : 0)
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59) {
            return Long.MIN_VALUE;
        }
        return ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    }

    private static int twoDigits(char[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NOT_A_NUMBER : tens * 10 + ones;
    }

    /** The fraction between its point and the end, ns. */
    private static long nanos(char[] text, int point, int end) {
        if (point == end) {
            return 0;
        }
        int digits = end - point - 1;
        if (text[point] != '.' || digits < 1 || digits > FRACTION_DIGITS) {
            return NOT_A_NUMBER;
        }
        long nanos = 0;
        for (int i = 0; i < FRACTION_DIGITS; i++) {
            int digit = i < digits ? text[point + 1 + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return NOT_A_NUMBER;
            }
            nanos = nanos * 10 + digit;
        }
        return nanos;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static long epochDay(int year, int month, int day) {
        long leapDays = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        int leapDay = month > 2 && isLeap(year) ? 1 : 0;
        // Year 0 began 719,528 days before 1970.
        return year * 365L + leapDays + DAYS_BEFORE_MONTH[month - 1] + leapDay + day - 1 - 719_528;
    }

    /** As {@link DateTimeFormatter#ISO_INSTANT} does: without a fraction, or with three, six or nine digits of it. */
    public static String text(Instant time) {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        long day = Math.floorDiv(seconds, 86_400L);
        if (day < -719_528 || day >= 2_932_897) {
            return DateTimeFormatter.ISO_INSTANT.format(time);
        }
        int digits = fractionDigits(nanos);
        char[] text = new char[SECONDS_LENGTH + (digits > 0 ? 2 : 1) + digits];
        writeDate(text, day);
        int secondOfDay = (int) Math.floorMod(seconds, 86_400L);
        text[10] = 'T';
        writeDigits(text, 11, 2, secondOfDay / 3600);
        text[13] = ':';
        writeDigits(text, 14, 2, secondOfDay / 60 % 60);
        text[16] = ':';
        writeDigits(text, 17, 2, secondOfDay % 60);
        if (digits > 0) {
            text[SECONDS_LENGTH] = '.';
            writeDigits(text, SECONDS_LENGTH + 1, digits, nanos / NANOS_PER_LAST_DIGIT[digits / 3]);
        }
        text[text.length - 1] = 'Z';
        return new String(text);
    }

    private static int fractionDigits(int nanos) {
        if (nanos == 0) {
            return 0;
        }
        return nanos % NANOS_PER_MILLI == 0 ? 3 : nanos % NANOS_PER_MICRO == 0 ? 6 : 9;
    }

    private static void writeDate(char[] text, long epochDay) {
        // Howard Hinnant's civil_from_days: years that begin in March end with the leap day.
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        writeDigits(text, 0, 4, (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0));
        text[4] = '-';
        writeDigits(text, 5, 2, month);
        text[7] = '-';
        writeDigits(text, 8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    private static void writeDigits(char[] text, int at, int digits, int value) {
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
