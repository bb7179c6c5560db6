package org.citystream.simulator.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.citystream.simulator.city.City;

/**
 * The city that is simulated unless another is given, invented: half a ring road, an arterial in and an arterial out, each
 * with a recurrent bottleneck where an on-ramp joins, and twelve air stations. Its file is {@code lindholm.yaml}.
 */
public final class Lindholm {
    public static final String RING = "lind-ring";
    public static final String INBOUND = "lind-in";
    public static final String OUTBOUND = "lind-out";

    private Lindholm() {}

    public static City city() {
        return plan().city();
    }

    public static CityPlan plan() {
        try (InputStream file = Lindholm.class.getResourceAsStream("lindholm.yaml")) {
            if (file == null) {
                throw new IllegalStateException("lindholm.yaml is missing from the class path");
            }
            return CityFile.read(file, "lindholm.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
