package org.citystream.simulator.fault;

import java.util.Map;
import java.util.function.Function;

/**
 * A kind of fault.
 *
 * @param name on the command line and as the cause in the truth file
 * @param description one line for people
 * @param usualRate share of messages that it strikes unless {@code rate} is given; of no meaning where none can be
 * @param takesRate whether it strikes single messages, so that {@code rate} means something
 * @param parameters what can be given beside rate, targets and schedule, with how it is read
 */
record FaultKind(
        String name,
        String description,
        double usualRate,
        boolean takesRate,
        Map<String, Function<String, ?>> parameters,
        Function<FaultSettings, Fault> on) {

    /** One that takes a rate. */
    FaultKind(
            String name,
            String description,
            double usualRate,
            Map<String, Function<String, ?>> parameters,
            Function<FaultSettings, Fault> on) {
        this(name, description, usualRate, true, parameters, on);
    }

    /** What a parameter says. @throws RuntimeException if it cannot be read */
    Object read(String parameter, String text) {
        Function<String, ?> reader = parameters.get(parameter);
        if (reader == null) {
            throw new IllegalArgumentException(name + " has no setting " + parameter);
        }
        return reader.apply(text);
    }
}
