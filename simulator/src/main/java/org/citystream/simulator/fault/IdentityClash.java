package org.citystream.simulator.fault;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A second device was given the sensor's id: it stands elsewhere, has a boot of its own and counts for itself. */
final class IdentityClash implements Fault {
    private final FaultSettings settings;

    IdentityClash(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        String boot = String.format(Locale.ROOT, "%04x", settings.draws().bits(1) & 0xFFFF);
        double elsewhere = 0.5 + settings.draws().uniform(2);
        Report other = message.report()
                .changed((measure, value) -> measure.shown(value * elsewhere))
                .identifiedBy(boot, message.report().sequence() % 100_000);
        return List.of(message, message.of(other).later(Duration.ofMillis(700)));
    }
}
