package org.citystream.alerting.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citystream.model.wire.JsonCodec;

/** Sends to each endpoint what it understands. Another kind of receiver is another entry. */
public final class Channels implements Sender {
    private final Map<Format, Channel> channels;
    private final InstantSource clock;

    /** @param clock wall clock */
    public Channels(Map<Format, Channel> channels, InstantSource clock) {
        this.channels = Map.copyOf(channels);
        this.clock = clock;
    }

    /** Why an endpoint of this format and URL cannot be served; empty if it can. */
    public Optional<String> problem(Format format, String url) {
        Channel channel = channels.get(format);
        return channel == null
                ? Optional.of(notServed(format))
                : channel.targets().problem(url);
    }

    /** What an endpoint is sent instead of our own body; the body itself if it cannot be served. */
    public String rendered(Endpoint endpoint, String body) {
        Channel channel = channels.get(endpoint.format());
        return channel == null || endpoint.format() == Format.CITYSTREAM ? body : rendered(channel, endpoint, body);
    }

    private static String rendered(Channel channel, Endpoint endpoint, String body) {
        return channel.rendering()
                .render(JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class), endpoint);
    }

    @Override
    public int free(Endpoint endpoint) {
        Channel channel = channels.get(endpoint.format());
        return channel == null ? Integer.MAX_VALUE : channel.sender().free(endpoint);
    }

    @Override
    public void send(Delivery delivery, Consumer<Attempt> done) {
        Endpoint endpoint = delivery.endpoint();
        Channel channel = channels.get(endpoint.format());
        if (channel == null) {
            done.accept(failed(notServed(endpoint.format())));
            return;
        }
        try {
            channel.sender().send(delivery.withBody(rendered(endpoint, delivery.body())), done);
        } catch (RuntimeException e) {
            // One message that cannot be written must not stop the others.
            done.accept(failed("cannot be sent: " + e));
        }
    }

    private Attempt failed(String error) {
        return new Attempt(clock.instant(), Duration.ZERO, null, error, null, null);
    }

    private static String notServed(Format format) {
        return format == Format.EMAIL
                ? "e-mail is switched off: SMTP_HOST is not set"
                : "messages in the format " + format.wireName() + " are switched off";
    }

    @Override
    public void close() {
        channels.values().stream()
                .map(Channel::sender)
                .collect(Collectors.toSet())
                .forEach(Sender::close);
    }
}
