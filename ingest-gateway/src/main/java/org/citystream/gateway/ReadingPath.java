package org.citystream.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.citystream.gateway.decode.Decoded;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.decode.Decoder;
import org.citystream.gateway.decode.Message;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.decode.RejectReason;
import org.citystream.gateway.forward.KafkaForwarder;
import org.citystream.gateway.forward.KafkaForwarder.DeadLetter;
import org.citystream.gateway.forward.ReplayMark;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.gateway.route.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one message: decode, admit, and each of its readings goes to Kafka. For those that cannot, the whole message
 * goes to the dead letters, once for each reason. It is acknowledged when all that came of it is stored.
 */
final class ReadingPath {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingPath.class);

    private final Routes routes;
    private final Admission admission;
    private final KafkaForwarder forwarder;
    private final GatewayMetrics metrics;

    ReadingPath(Routes routes, Admission admission, KafkaForwarder forwarder, GatewayMetrics metrics) {
        this.routes = routes;
        this.admission = admission;
        this.forwarder = forwarder;
        this.metrics = metrics;
    }

    void handle(Delivery delivery, Instant clockAt, Duration futureTolerance) {
        Decoder decoder = routes.decoder(delivery.topic());
        List<Reading> readings = new ArrayList<>(1);
        Map<RejectReason, DeadLetter> letters = new EnumMap<>(RejectReason.class);
        for (Decoded admitted : admitted(decoder, delivery, clockAt, futureTolerance)) {
            if (admitted instanceof Accepted accepted) {
                readings.add(accepted.reading());
            } else if (admitted instanceof Rejected rejected) {
                letters.merge(
                        rejected.reason(),
                        new DeadLetter(delivery, rejected, decoder.name(), 1),
                        (first, more) -> first.andOneMore());
            }
        }
        Runnable done = afterAll(readings.size() + letters.size(), delivery);
        readings.forEach(reading -> forward(delivery, reading, clockAt, decoder, done));
        letters.values().forEach(letter -> bury(letter, done));
    }

    /** Whatever is wrong with our judgement of one message must not hold up the messages behind. */
    private List<Decoded> admitted(Decoder decoder, Delivery delivery, Instant clockAt, Duration futureTolerance) {
        boolean isReplay = ReplayMark.of(delivery).isPresent();
        List<Decoded> outcomes = new ArrayList<>(1);
        try {
            for (Decoded decoded : decoder.decode(new Message(delivery.topic(), delivery.payload(), clockAt))) {
                outcomes.add(
                        decoded instanceof Accepted accepted
                                ? admission.admit(
                                        accepted.reading(), delivery.receivedAt(), clockAt, futureTolerance, isReplay)
                                : decoded);
            }
            return outcomes.isEmpty() ? List.of(holdsNothing()) : outcomes;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("decoder {} failed", decoder.name(), e);
            return List.of(new Rejected(RejectReason.DECODER_FAILED, e.toString(), null, null));
        }
    }

    /** A decoder that finds nothing should say so; a message of which nothing comes would never be acknowledged. */
    private static Rejected holdsNothing() {
        return new Rejected(RejectReason.MISSING_FIELD, "the message holds no reading", null, null);
    }

    private void forward(Delivery delivery, Reading reading, Instant clockAt, Decoder decoder, Runnable done) {
        Duration behind = Duration.between(reading.observedAt(), clockAt);
        forwarder.forward(
                delivery,
                reading,
                () -> {
                    metrics.forwarded(reading, behind);
                    done.run();
                },
                refusal -> bury(notStorable(delivery, reading, decoder, refusal), done));
    }

    private static DeadLetter notStorable(Delivery delivery, Reading reading, Decoder decoder, Exception refusal) {
        Rejected rejected = new Rejected(
                RejectReason.NOT_STORABLE,
                String.valueOf(refusal.getMessage()),
                reading.sensorId(),
                reading.observedAt());
        return new DeadLetter(delivery, rejected, decoder.name(), 1);
    }

    private static Runnable afterAll(int count, Delivery delivery) {
        if (count == 1) {
            return delivery::acknowledge;
        }
        AtomicInteger missing = new AtomicInteger(count);
        return () -> {
            if (missing.decrementAndGet() == 0) {
                delivery.acknowledge();
            }
        };
    }

    private void bury(DeadLetter letter, Runnable done) {
        LOG.debug(
                "rejected, {}: {}",
                letter.rejected().reason().code(),
                letter.rejected().detail());
        forwarder.bury(letter, () -> {
            metrics.rejected(letter.rejected().reason(), letter.readings());
            done.run();
        });
    }
}
