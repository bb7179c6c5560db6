package org.citystream.gateway.decode;

/** One message format. Never throws for bad input; stateless and thread-safe. */
public interface Decoder {

    /** Name in metrics and in the {@code decoder} header of rejected messages. */
    String name();

    /** The readings in a message, not yet stamped with arrival and clock, or why there are none. */
    Decoded decode(String topic, byte[] payload);
}
