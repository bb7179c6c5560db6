package org.citystream.alerting.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How endpoints of one format are served.
 *
 * @param targets what is wrong with a URL of this format
 */
public record Channel(Rendering rendering, Sender sender, Targets targets) {

    /** Writes a message as the format has it. Pure, so that the delivery log can show again what was sent. */
    @FunctionalInterface
    public interface Rendering {
        String render(JsonNode message, Endpoint endpoint);
    }

    /** Judges where messages are to go. */
    @FunctionalInterface
    public interface Targets {
        /** Why nothing can be sent there; empty if something can. */
        Optional<String> problem(String url);
    }
}
