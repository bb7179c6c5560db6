package org.citystream.gateway.decode;

import java.time.Instant;
import org.citystream.model.wire.PrintableText;
import org.jspecify.annotations.Nullable;

/** What became of a message, or of one of the readings it carries. */
public sealed interface Decoded {

    /** A reading. */
    record Accepted(Reading reading) implements Decoded {}

    /**
     * It cannot be used.
     *
     * @param detail for people: which field, which value; free of control characters, at most 300 characters
     * @param sensorId where it could be made out
     * @param observedAt where it could be made out
     */
    record Rejected(
            RejectReason reason,
            String detail,
            @Nullable String sensorId,
            @Nullable Instant observedAt) implements Decoded {
        private static final int MAX_DETAIL = 300;

        public Rejected {
            detail = PrintableText.of(detail, MAX_DETAIL);
        }
    }
}
