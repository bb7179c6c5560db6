package org.citystream.stack.rejected;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends rejected messages again through MQTT, so that they go the whole way of any message. The gateway notes of each what
 * it is a replay of; one that is rejected again is not taken up by the next replay by itself, so that none goes in circles.
 */
public final class Replay {
    /** MQTT user property, and header of what the gateway makes of the message. */
    static final String REPLAY_OF = "replay-of";

    /**
     * Which are sent.
     *
     * @param corrections what to send instead of a message's own bytes
     * @param sentBefore messages to pass over
     * @param replaysToo whether what is itself a replay may be sent again
     */
    public record Rules(Corrections corrections, Set<MessageId> sentBefore, boolean replaysToo) {

        /** Why a message is passed over; empty if it is to be sent. */
        public Optional<String> passesOver(RejectedMessage message) {
            boolean isCorrected = corrections.correct(message.id());
            if (sentBefore.contains(message.id())) {
                return Optional.of("it was sent before (--again sends it once more)");
            }
            if (message.replayOf() != null && !isCorrected && !replaysToo) {
                return Optional.of("it is a replay itself, rejected again (correct it, or --again)");
            }
            return message.isWhole() || isCorrected ? Optional.empty() : Optional.of("only its beginning was kept");
        }
    }

    private final MqttPublisher publisher;
    private final ReplayLog log;
    private final InstantSource clock;
    private final String by;

    public Replay(MqttPublisher publisher, ReplayLog log, InstantSource clock, String by) {
        this.publisher = publisher;
        this.log = log;
        this.clock = clock;
        this.by = by;
    }

    /**
     * Sends one; it is in the log once the broker has acknowledged it.
     *
     * @param to topic; null: its own
     * @return what was done, for people
     */
    public String send(RejectedMessage message, Corrections corrections, @Nullable String to) {
        byte[] payload = corrections.payload(message);
        String topic = to == null ? message.mqttTopic() : to;
        publisher.publish(topic, payload, REPLAY_OF, message.id().toString());
        log.append(new ReplayLog.Entry(
                clock.instant(),
                by,
                message.id().toString(),
                topic,
                ReplayLog.sha256(message.payload()),
                ReplayLog.sha256(payload)));
        boolean isCorrected = !Arrays.equals(payload, message.payload());
        return message.id() + "  sent again" + (isCorrected ? ", corrected," : "") + " to " + Escaped.line(topic);
    }
}
