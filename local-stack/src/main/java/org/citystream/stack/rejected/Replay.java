package org.citystream.stack.rejected;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends rejected messages again through MQTT, so that they go the whole way of any message. The gateway notes of each what
 * it is a replay of; one that is rejected again is not taken up by the next replay by itself, so that none goes in circles.
 */
public final class Replay {
    /** MQTT user property, and header of what the gateway makes of the message. */
    static final String REPLAY_OF = "replay-of";

    /** What is sent for a rejected message. */
    public record Sending(RejectedMessage message, byte[] payload) {
        private boolean isCorrected() {
            return !java.util.Arrays.equals(payload, message.payload());
        }
    }

    /**
     * What is to be done.
     *
     * @param passedOver why not, by message
     */
    public record Plan(List<Sending> sendings, Map<MessageId, String> passedOver) {}

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
     * Decides what is sent, oldest first.
     *
     * @param corrections bytes to send instead of the message's own
     * @param sentBefore messages to pass over
     * @param replaysToo whether what is itself a replay may be sent again
     */
    public static Plan plan(
            List<RejectedMessage> messages,
            Map<MessageId, byte[]> corrections,
            Set<MessageId> sentBefore,
            boolean replaysToo) {
        List<Sending> sendings = new ArrayList<>();
        Map<MessageId, String> passedOver = new TreeMap<>();
        for (RejectedMessage message : messages) {
            byte[] correction = corrections.get(message.id());
            if (sentBefore.contains(message.id())) {
                passedOver.put(message.id(), "it was sent before (--again sends it once more)");
            } else if (message.replayOf() != null && correction == null && !replaysToo) {
                passedOver.put(message.id(), "it is a replay itself, rejected again (correct it, or --again)");
            } else if (!message.isWhole() && correction == null) {
                passedOver.put(message.id(), "only its beginning was kept");
            } else {
                sendings.add(new Sending(message, correction == null ? message.payload() : correction));
            }
        }
        return new Plan(sendings, passedOver);
    }

    /**
     * Sends them, one after the other; each is in the log once the broker has acknowledged it.
     *
     * @param to topic for all of them; null: each to its own
     * @param progress hears of each
     */
    public void send(List<Sending> sendings, @Nullable String to, Consumer<String> progress) {
        for (Sending sending : sendings) {
            RejectedMessage message = sending.message();
            String topic = to == null ? message.mqttTopic() : to;
            publisher.publish(topic, sending.payload(), REPLAY_OF, message.id().toString());
            log.append(new ReplayLog.Entry(
                    clock.instant(),
                    by,
                    message.id().toString(),
                    topic,
                    ReplayLog.sha256(message.payload()),
                    ReplayLog.sha256(sending.payload())));
            progress.accept(message.id() + "  sent again" + (sending.isCorrected() ? ", corrected," : "") + " to "
                    + Escaped.line(topic));
        }
    }
}
