package org.citystream.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 64 bits of a payload's SHA-256. */
public final class PayloadHash {
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(PayloadHash::digest);

    private PayloadHash() {}

    public static long of(byte[] payload) {
        return ByteBuffer.wrap(DIGEST.get().digest(payload)).getLong();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
