package org.citystream.analytics.sensortrust;

import org.citystream.analytics.pane.Identity;

/**
 * The last two boots of a sensor. A device that starts anew never returns to an earlier boot; where one returns, two
 * devices share the id. Immutable.
 *
 * @param current key of the boot last heard; {@link Identity#NO_BOOT}: none
 * @param previous ... of the one before
 * @param currentSinceMillis observed time of the first reading since the boot last changed, ms since 1970
 */
public record Boots(long current, long previous, long currentSinceMillis) {
    static final Boots NONE = new Boots(Identity.NO_BOOT, Identity.NO_BOOT, Long.MIN_VALUE);

    /** Whether a reading shows that another device uses the id: late readings of the boot before do not. */
    boolean isForeign(long bootKey, long observedAtMillis) {
        return bootKey != Identity.NO_BOOT && bootKey == previous && observedAtMillis >= currentSinceMillis;
    }

    Boots next(long bootKey, long observedAtMillis) {
        boolean known = bootKey == Identity.NO_BOOT || bootKey == current;
        boolean late = current != Identity.NO_BOOT && observedAtMillis < currentSinceMillis;
        return known || late ? this : new Boots(bootKey, current, observedAtMillis);
    }
}
