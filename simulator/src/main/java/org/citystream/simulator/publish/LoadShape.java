package org.citystream.simulator.publish;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How many readings are published over time, whatever their clock says: for load, not for a city that lives at a speed.
 * Written {@code ramp:from=100,to=20000,over=PT5M}.
 */
public abstract sealed class LoadShape {
    private LoadShape() {}

    /** Readings that are due {@code seconds} after the first, in all: the integral of the rate. */
    abstract double due(double seconds);

    /**
     * Reads a shape.
     *
     * @throws IllegalArgumentException saying what is wrong and what there is
     */
    public static LoadShape parse(String text) {
        String[] parts = text.split(":", 2);
        Parameters parameters = new Parameters(text, parts.length == 2 ? parts[1] : "");
        LoadShape shape = switch (parts[0].strip()) {
            case "constant" -> new Constant(parameters.rate("rate"));
            case "ramp" -> new Ramp(parameters.rate("from"), parameters.rate("to"), parameters.seconds("over", "PT1M"));
            case "burst" ->
                new Burst(
                        parameters.rate("rate"),
                        parameters.rate("peak"),
                        parameters.seconds("every", "PT1M"),
                        parameters.seconds("for", "PT5S"));
            case "diurnal" ->
                new Diurnal(parameters.rate("low"), parameters.rate("high"), parameters.seconds("day", "PT24H"));
            default ->
                throw new IllegalArgumentException("load '" + text + "': there are constant, ramp, burst and diurnal");
        };
        parameters.requireAllUsed();
        return shape;
    }

    /** Always the same. */
    private static final class Constant extends LoadShape {
        private final double rate;

        private Constant(double rate) {
            this.rate = rate;
        }

        @Override
        double due(double seconds) {
            return rate * seconds;
        }
    }

    /** From one rate to another, where it stays. */
    private static final class Ramp extends LoadShape {
        private final double from;
        private final double to;
        private final double over;

        private Ramp(double from, double to, double over) {
            this.from = from;
            this.to = to;
            this.over = over;
        }

        @Override
        double due(double seconds) {
            double rising = Math.min(seconds, over);
            return from * rising + (to - from) * rising * rising / (2 * over) + to * (seconds - rising);
        }
    }

    /** At times far more than otherwise; each period ends with its burst. */
    private static final class Burst extends LoadShape {
        private final double rate;
        private final double peak;
        private final double every;
        private final double length;

        private Burst(double rate, double peak, double every, double length) {
            if (length > every) {
                throw new IllegalArgumentException("a burst must not last longer than its period");
            }
            this.rate = rate;
            this.peak = peak;
            this.every = every;
            this.length = length;
        }

        @Override
        double due(double seconds) {
            double periods = Math.floor(seconds / every);
            double bursting = periods * length + Math.max(0, seconds - periods * every - (every - length));
            return rate * (seconds - bursting) + peak * bursting;
        }
    }

    /** From night to noon and back, each day of a length that may be minutes. */
    private static final class Diurnal extends LoadShape {
        private final double low;
        private final double high;
        private final double day;

        private Diurnal(double low, double high, double day) {
            this.low = low;
            this.high = high;
            this.day = day;
        }

        @Override
        double due(double seconds) {
            double turn = 2 * Math.PI / day;
            return low * seconds + (high - low) / 2 * (seconds - Math.sin(turn * seconds) / turn);
        }
    }

    private static final class Parameters {
        private final String text;
        private final Map<String, String> values = new LinkedHashMap<>();
        private final TreeSet<String> known = new TreeSet<>();

        private Parameters(String text, String pairs) {
            this.text = text;
            for (String pair : pairs.isBlank() ? new String[0] : pairs.split(",", -1)) {
                String[] sides = pair.split("=", 2);
                if (sides.length != 2) {
                    throw new IllegalArgumentException("load '" + text + "': '" + pair + "' is not KEY=VALUE");
                }
                values.put(sides[0].strip(), sides[1].strip());
            }
        }

        /** Readings a second; required. */
        private double rate(String key) {
            known.add(key);
            String value = values.remove(key);
            try {
                double rate = value == null ? Double.NaN : Double.parseDouble(value);
                if (rate >= 0 && rate < Double.POSITIVE_INFINITY) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("load '" + text + "': '" + key + "' is no number: " + value, e);
            }
            throw new IllegalArgumentException("load '" + text + "': '" + key
                    + "' must be a number of readings a second, such as " + key + "=500");
        }

        private double seconds(String key, String usual) {
            known.add(key);
            String value = values.remove(key);
            try {
                double seconds = Duration.parse(value == null ? usual : value).toMillis() / 1000.0;
                if (seconds > 0) {
                    return seconds;
                }
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException("load '" + text + "': '" + key + "' is no duration: " + value, e);
            }
            throw new IllegalArgumentException("load '" + text + "': '" + key + "' must be above zero");
        }

        private void requireAllUsed() {
            if (!values.isEmpty()) {
                throw new IllegalArgumentException(
                        "load '" + text + "': unknown " + values.keySet() + ", there are " + known);
            }
        }
    }
}
