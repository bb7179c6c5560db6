package org.citystream.gateway.clock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret by which the deployment's clock publisher is known. */
public final class ClockKey {
    /** MQTT user property that carries it. */
    public static final String PROPERTY = "clock-key";

    private final byte[] key;

    /** An empty key trusts nobody. */
    public ClockKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a message with this key comes from the publisher; takes the same time for every wrong key. */
    public boolean trusts(@Nullable String offered) {
        return key.length > 0
                && offered != null
                && MessageDigest.isEqual(key, offered.getBytes(StandardCharsets.UTF_8));
    }
}
