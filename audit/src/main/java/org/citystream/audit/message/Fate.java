package org.citystream.audit.message;

import org.citystream.model.wire.WireName;

/** What became of a message. */
public enum Fate {
    /** Acknowledged, and stands once among the readings. */
    ONCE,
    /** Acknowledged, and stands several times among the readings, whole each time: consumers count it once. */
    DUPLICATE,
    /** Was refused with a reason, and stands whole among the rejected. */
    REJECTED,
    /** Its sender never heard of it, and it is there. */
    INDEFINITE_DELIVERED,
    /** Its sender never heard of it, and it is not there: nothing was promised. */
    INDEFINITE_ABSENT,
    /** Acknowledged, and nowhere; but it may have stood there once, for Kafka has forgotten what came at its time. */
    EXPIRED,
    /** Something stands under its identity that was never sent so. */
    CORRUPTED,
    /** Acknowledged, and nowhere. */
    LOST;

    /**
     * Judges a message by all that is known about it.
     *
     * @param acknowledged whether the broker has ever confirmed it
     * @param accepted how often it stands among the readings, as it was sent
     * @param rejected how often it stands among the rejected
     * @param altered whether a reading stands under its identity with other content
     * @param forgettable whether it may have been there, and be forgotten
     */
    static Fate of(boolean acknowledged, int accepted, int rejected, boolean altered, boolean forgettable) {
        if (altered) {
            return CORRUPTED;
        }
        if (accepted == 0 && rejected == 0) {
            return acknowledged ? nowhere(forgettable) : INDEFINITE_ABSENT;
        }
        if (accepted == 0) {
            return REJECTED;
        }
        if (!acknowledged) {
            return INDEFINITE_DELIVERED;
        }
        return accepted == 1 ? ONCE : DUPLICATE;
    }

    private static Fate nowhere(boolean forgettable) {
        return forgettable ? EXPIRED : LOST;
    }

    /** Whether it breaks the promise that nothing acknowledged is lost. */
    public boolean isFailure() {
        return this == CORRUPTED || this == LOST;
    }

    /** As reported, such as {@code indefinite-absent}. */
    public String wireName() {
        return WireName.of(this);
    }
}
