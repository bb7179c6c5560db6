package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sensor starts anew: some silence, another boot id, and a sequence that begins at 0. It keeps the new boot. */
final class Reboot implements Fault {
    private final FaultSettings settings;
    private long base = -1;
    private @Nullable Instant booted;

    Reboot(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        Duration silence = settings.duration("by", Duration.ofMinutes(2));
        Report report = message.report();
        if (!report.observedAt().isAfter(window.start().plus(silence))) {
            return List.of();
        }
        if (!window.start().equals(booted)) {
            booted = window.start();
            base = report.sequence();
        }
        long bits = settings.draws().bits(window.start().getEpochSecond());
        String boot = String.format(Locale.ROOT, "%04x", bits & 0xFFFF);
        return List.of(message.of(report.identifiedBy(boot, report.sequence() - base)));
    }

    @Override
    public List<Transmission> afterwards(Transmission message, Window past) {
        return inForce(message, past);
    }
}
