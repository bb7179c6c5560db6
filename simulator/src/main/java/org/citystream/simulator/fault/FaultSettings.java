package org.citystream.simulator.fault;

import java.time.Duration;
import java.util.Map;
import org.citystream.simulator.city.Draws;

/**
 * How a fault is on one sensor.
 *
 * @param rate share of messages that it strikes, 0..1
 * @param parameters what else was given, by name
 * @param draws the sensor's own random numbers for it
 */
record FaultSettings(double rate, Map<String, String> parameters, Draws draws) {
    /** Distinguishes a sensor's random numbers of one message from those of others. */
    private static final int DRAWS_PER_MESSAGE = 64;

    /** Whether it strikes this message. */
    boolean strikes(Transmission message) {
        return rate >= 1 || uniform(message, 0) < rate;
    }

    /** Uniform in [0, 1), belonging to the message; there are {@value #DRAWS_PER_MESSAGE} of them. */
    double uniform(Transmission message, int number) {
        return draws.uniform(message.report().sequence() * DRAWS_PER_MESSAGE + number);
    }

    /** Normal with mean 0 and standard deviation 1, belonging to the message. */
    double gaussian(Transmission message, int number) {
        return draws.gaussian(message.report().sequence() * DRAWS_PER_MESSAGE + number);
    }

    double number(String name, double usual) {
        String text = parameters.get(name);
        return text == null ? usual : Double.parseDouble(text);
    }

    Duration duration(String name, Duration usual) {
        String text = parameters.get(name);
        return text == null ? usual : Duration.parse(text);
    }
}
