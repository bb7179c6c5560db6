package org.citystream.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.citystream.gateway.decode.Decoded;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.decode.Decoder;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.decode.RejectReason;
import org.citystream.gateway.forward.KafkaForwarder;
import org.citystream.gateway.mqtt.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one message: decode, admit, and either its readings go to Kafka or the whole message goes to the dead
 * letters. It is acknowledged when all that came of it is stored.
 */
final class ReadingPath {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingPath.class);

    private final Decoder decoder;
    private final Admission admission;
    private final KafkaForwarder forwarder;
    private final GatewayMetrics metrics;

    ReadingPath(Decoder decoder, Admission admission, KafkaForwarder forwarder, GatewayMetrics metrics) {
        this.decoder = decoder;
        this.admission = admission;
        this.forwarder = forwarder;
        this.metrics = metrics;
    }

    void handle(Delivery delivery, Instant clockAt, Duration futureTolerance) {
        Decoded decoded = decode(delivery);
        if (decoded instanceof Accepted accepted) {
            decoded = admit(accepted, delivery, clockAt, futureTolerance);
        }
        if (decoded instanceof Accepted accepted) {
            forward(delivery, accepted.readings(), clockAt);
        } else if (decoded instanceof Rejected rejected) {
            reject(delivery, rejected, delivery::acknowledge);
        }
    }

    /** Whatever is wrong with a decoder must not hold up the messages behind. */
    private Decoded decode(Delivery delivery) {
        try {
            return decoder.decode(delivery.topic(), delivery.payload());
        } catch (RuntimeException e) {
            LOG.error("decoder {} failed", decoder.name(), e);
            return new Rejected(RejectReason.DECODER_FAILED, e.toString(), null, null);
        }
    }

    /** A message of several readings is taken whole or not at all. */
    private Decoded admit(Accepted accepted, Delivery delivery, Instant clockAt, Duration futureTolerance) {
        if (accepted.readings().size() == 1) {
            return admission.admit(accepted.readings().get(0), delivery.receivedAt(), clockAt, futureTolerance);
        }
        List<Reading> admitted = new ArrayList<>();
        for (Reading reading : accepted.readings()) {
            Decoded one = admission.admit(reading, delivery.receivedAt(), clockAt, futureTolerance);
            if (one instanceof Accepted stamped) {
                admitted.addAll(stamped.readings());
            } else {
                return one;
            }
        }
        return new Accepted(admitted);
    }

    private void forward(Delivery delivery, List<Reading> readings, Instant clockAt) {
        Runnable done = readings.size() == 1 ? delivery::acknowledge : afterAll(readings.size(), delivery);
        for (Reading reading : readings) {
            Duration behind = Duration.between(reading.observedAt(), clockAt);
            forwarder.forward(
                    delivery,
                    reading,
                    () -> {
                        metrics.forwarded(reading, behind);
                        done.run();
                    },
                    refusal -> reject(
                            delivery,
                            new Rejected(
                                    RejectReason.NOT_STORABLE,
                                    String.valueOf(refusal.getMessage()),
                                    reading.sensorId(),
                                    reading.observedAt()),
                            done));
        }
    }

    private static Runnable afterAll(int count, Delivery delivery) {
        AtomicInteger missing = new AtomicInteger(count);
        return () -> {
            if (missing.decrementAndGet() == 0) {
                delivery.acknowledge();
            }
        };
    }

    private void reject(Delivery delivery, Rejected rejected, Runnable done) {
        Runnable stored = () -> {
            metrics.rejected(rejected.reason());
            done.run();
        };
        LOG.debug("rejected, {}: {}", rejected.reason().code(), rejected.detail());
        forwarder.bury(delivery, rejected, decoder.name(), stored);
    }
}
