package org.citystream.gateway.decode;

import java.time.Instant;

/**
 * What a decoder is given.
 *
 * @param clockAt the deployment's clock at arrival, for formats whose times are relative or missing
 */
public record Message(String topic, byte[] payload, Instant clockAt) {}
