package org.citystream.alerting.api;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of what people make. */
final class NewId {
    private static final int BYTES = 8;

    private NewId() {}

    /** @param prefix says what it is of */
    static String of(String prefix, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return prefix + "_" + HexFormat.of().formatHex(bytes);
    }
}
