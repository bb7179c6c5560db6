package org.citystream.testsupport.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing case small enough to be read. */
public final class Shrinking {
    private Shrinking() {}

    /**
     * Leaves out ever smaller parts of a list for as long as what is left still fails.
     *
     * @param attempts how often the case may be tried
     */
    public static <T> List<T> smallest(List<T> failing, int attempts, Predicate<List<T>> fails) {
        List<T> left = List.copyOf(failing);
        int tried = 0;
        int part = Math.max(1, left.size() / 2);
        while (tried < attempts) {
            boolean smaller = false;
            for (int from = 0; from < left.size() && tried < attempts; tried++) {
                List<T> less = new ArrayList<>(left.subList(0, from));
                less.addAll(left.subList(Math.min(left.size(), from + part), left.size()));
                if (fails.test(less)) {
                    left = less;
                    smaller = true;
                } else {
                    from += part;
                }
            }
            if (part == 1 && !smaller) {
                return left;
            }
            part = Math.max(1, part / 2);
        }
        return left;
    }
}
