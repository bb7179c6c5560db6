package org.citystream.gateway;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.citystream.gateway.mqtt.MqttIntake;
import org.jspecify.annotations.Nullable;

/** All sessions of this process at the broker. */
final class Intakes {
    private final List<MqttIntake> all;

    /**
     * @param all at least one
     */
    Intakes(List<MqttIntake> all) {
        this.all = List.copyOf(all);
    }

    void start() {
        all.forEach(MqttIntake::start);
    }

    /** Gives every connection up: what is broken behind them is broken for all. */
    void giveUp(String reason) {
        all.forEach(intake -> intake.giveUp(reason));
    }

    void stopTaking() {
        all.forEach(MqttIntake::stopTaking);
    }

    void close() throws InterruptedException {
        for (MqttIntake intake : all) {
            intake.close();
        }
    }

    /** Only the first hears the clock, so only there can it be stuck. */
    void probe(@Nullable String filter) {
        all.get(0).probe(filter);
    }

    Optional<String> problem() {
        return all.stream().map(MqttIntake::problem).flatMap(Optional::stream).findFirst();
    }

    int inFlight() {
        return all.stream().mapToInt(MqttIntake::inFlight).sum();
    }

    Duration oldestUnacknowledgedAge() {
        return all.stream()
                .map(MqttIntake::oldestUnacknowledgedAge)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    long acknowledged() {
        return all.stream().mapToLong(MqttIntake::acknowledged).sum();
    }

    long staleAcknowledgements() {
        return all.stream().mapToLong(MqttIntake::staleAcknowledgements).sum();
    }
}
