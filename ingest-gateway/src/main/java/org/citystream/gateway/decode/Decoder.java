package org.citystream.gateway.decode;

import java.util.List;

/** One message format. Never throws for bad input; stateless and thread-safe. */
public interface Decoder {

    /** Name in metrics and in the {@code decoder} header of rejected messages. */
    String name();

    /**
     * What a message holds, in its order: readings, not yet stamped with arrival and clock, and what cannot become one.
     *
     * @return at least one; at most {@link Outcomes#MAX_READINGS}
     */
    List<Decoded> decode(Message message);
}
