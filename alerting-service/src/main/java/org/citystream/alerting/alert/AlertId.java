package org.citystream.alerting.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identities that are pure functions of what they stand for, so that repetition cannot make a second one. */
public final class AlertId {
    private static final int BYTES = 12;

    private AlertId() {}

    /** The alert that starts with an episode. */
    public static String ofEpisode(String episodeId) {
        return "al-" + hash(BYTES, "alert", episodeId);
    }

    /** Hex of the first {@code bytes} bytes of the SHA-256 of the parts. */
    public static String hash(int bytes, String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                // Lengths keep ("ab", "c") and ("a", "bc") apart.
                digest.update(Integer.toString(utf8.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) ':');
                digest.update(utf8);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
