package org.citystream.simulator.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.model.wire.NearestName;

/** What a generated part of a city should be, as written {@code grid:rows=6,columns=8}. */
final class Specification {
    private final String text;
    private final String kind;
    private final Map<String, Double> given = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    private Specification(String text) {
        this.text = text;
        this.kind = text.split(":", 2)[0].strip();
    }

    /** @throws IllegalArgumentException saying what is no setting or no number */
    static Specification parse(String text) {
        Specification specification = new Specification(text);
        String[] parts = text.split(":", 2);
        for (String pair : parts.length < 2 ? new String[0] : parts[1].split(",", -1)) {
            String[] sides = pair.split("=", 2);
            try {
                specification.given.put(sides[0].strip(), Double.valueOf(sides[sides.length - 1].strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "': '" + pair + "' is no setting such as rows=6", e);
            }
        }
        return specification;
    }

    String kind() {
        return kind;
    }

    boolean has(String key) {
        return given.containsKey(key);
    }

    double number(String key, double usual, double least, double most) {
        known.add(key);
        double value = given.getOrDefault(key, usual);
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "'" + text + "': " + key + " must be within " + least + ".." + most + " but is " + value);
        }
        return value;
    }

    int whole(String key, int usual, int least, int most) {
        double value = number(key, usual, least, most);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException("'" + text + "': " + key + " must be a whole number but is " + value);
        }
        return (int) value;
    }

    /** To be called when everything has been asked for. */
    void refuseUnknown() {
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("'" + text + "': " + key + " is not known here; did you mean '"
                        + NearestName.of(key, known) + "' of " + String.join(", ", known) + "?");
            }
        }
    }
}
