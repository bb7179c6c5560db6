package org.citystream.stack.rejected;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a rejected message stands in its topic; in text {@code PARTITION-OFFSET}, such as {@code 0-1041}. */
public record MessageId(int partition, long offset) implements Comparable<MessageId> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})-(\\d{1,18})");
    private static final Comparator<MessageId> ORDER =
            Comparator.comparingInt(MessageId::partition).thenComparingLong(MessageId::offset);

    /** Empty if the text is none. */
    public static Optional<MessageId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new MessageId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(MessageId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
