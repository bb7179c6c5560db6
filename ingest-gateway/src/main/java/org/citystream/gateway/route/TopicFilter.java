package org.citystream.gateway.route;

/** An MQTT topic filter: {@code +} stands for one level, {@code #} at the end for all that follow. */
public record TopicFilter(String text) {

    /**
     * @throws IllegalArgumentException if it is none, or a shared subscription: whether to share is not a route's affair
     */
    public TopicFilter {
        if (text.isEmpty() || text.length() > 1_024 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is no topic filter");
        }
        if (text.startsWith("$")) {
            throw new IllegalArgumentException("'" + text + "' must not begin with $");
        }
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].contains("+") || levels[i].contains("#");
            boolean last = i == levels.length - 1;
            if (wild && !(levels[i].equals("+") || (last && levels[i].equals("#")))) {
                throw new IllegalArgumentException("in '" + text + "' + must be a whole level, # the whole last one");
            }
        }
    }

    /** Whether messages on that topic are meant. */
    public boolean matches(String topic) {
        return !topic.startsWith("$") && overlap(text.split("/", -1), topic.split("/", -1), 0, false);
    }

    /** Whether some topic is meant by both. */
    public boolean overlaps(TopicFilter other) {
        return overlap(text.split("/", -1), other.text.split("/", -1), 0, true);
    }

    private static boolean overlap(String[] filter, String[] other, int level, boolean otherIsFilter) {
        if (level < filter.length && filter[level].equals("#")) {
            return true;
        }
        if (otherIsFilter && level < other.length && other[level].equals("#")) {
            return true;
        }
        if (level == filter.length || level == other.length) {
            return filter.length == other.length;
        }
        boolean same = filter[level].equals(other[level])
                || filter[level].equals("+")
                || (otherIsFilter && other[level].equals("+"));
        return same && overlap(filter, other, level + 1, otherIsFilter);
    }
}
