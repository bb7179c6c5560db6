package org.citystream.gateway.decode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An id of another system made an id of ours: what is not allowed in one becomes {@code _}, and an id that is changed so,
 * or too long, is cut and gets a part of its hash, so that different ids stay different.
 *
 * @param id fit for keys, labels and logs
 * @param original what the other system calls it; null if that is the same
 */
record ForeignId(String id, @Nullable String original) {
    private static final int KEPT = 119;
    private static final int HASH_BYTES = 4;

    /** Characters an id of another system may have. */
    static final int LONGEST_ORIGINAL = 1_024;

    static ForeignId of(String foreign) throws Refusal {
        if (foreign.isEmpty()) {
            throw new Refusal(RejectReason.MISSING_FIELD, "the sensor's id is empty");
        }
        if (foreign.length() > LONGEST_ORIGINAL) {
            throw new Refusal(
                    RejectReason.BAD_ID,
                    "an id may have " + LONGEST_ORIGINAL + " characters but has " + foreign.length());
        }
        if (Ids.isValid(foreign)) {
            return new ForeignId(foreign, null);
        }
        String allowed = Ids.withAllowedCharacters(foreign);
        String kept = allowed.substring(0, Math.min(KEPT, allowed.length()));
        return new ForeignId(kept + "-" + hash(foreign), foreign);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
