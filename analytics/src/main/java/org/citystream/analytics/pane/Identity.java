package org.citystream.analytics.pane;

import java.nio.charset.StandardCharsets;

/** Identities of readings as numbers. */
public final class Identity {

    /** Boot key of readings without boot and sequence: these are told apart by {@code observedAt}. */
    public static final long NO_BOOT = 0;

    private Identity() {}

    /** 64-bit key of a boot id. Only boots of one sensor within one pane are ever compared, so a hash is enough. */
    public static long bootKey(String bootId) {
        long hash = hash(bootId.getBytes(StandardCharsets.UTF_8));
        return hash == NO_BOOT ? 1 : hash;
    }

    /** 64-bit FNV-1a with a finalizing mix; the same on every machine and release. */
    public static long hash(byte[] bytes) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
