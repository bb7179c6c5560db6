package org.citystream.audit.message;

import java.util.HashMap;
import java.util.Map;

/**
 * The order in which messages of a sensor arrive for the first time, held against that in which they were sent. A sender that
 * repeats may change it: a repetition comes behind what was sent after the first attempt. So it is promised among those only
 * that were sent once. What two ledgers know of one sensor, neither of them can put in order.
 */
final class SensorOrder {
    private static final int NONE = -1;

    private final Map<Long, Newest> sensors = new HashMap<>();

    /** What of a sensor has arrived, by the number of the entry. */
    private static final class Newest {
        private final int ledger;
        private boolean inOneLedger = true;
        private int sent = NONE;
        private int sentOnce = NONE;

        private Newest(int ledger) {
            this.ledger = ledger;
        }
    }

    /** What the place of an arrival means. */
    enum Arrival {
        IN_ORDER,
        /** Behind one that was sent later, and one of the two more than once: that may be. */
        REORDERED,
        /** Behind one that was sent later, and both were sent once. */
        OUT_OF_ORDER
    }

    /** A message of the sensor stands in this ledger. */
    void sent(long sensor, int ledger) {
        Newest newest = sensors.computeIfAbsent(sensor, key -> new Newest(ledger));
        newest.inOneLedger = newest.inOneLedger && newest.ledger == ledger;
    }

    boolean knows(long sensor) {
        return sensors.containsKey(sensor);
    }

    /**
     * A message arrives for the first time.
     *
     * @param entry number of the entry with which it was first sent
     * @param sentOnce whether it is known to have been sent once
     */
    Arrival arrive(long sensor, int entry, boolean sentOnce) {
        Newest newest = sensors.computeIfAbsent(sensor, key -> new Newest(NONE));
        boolean behind = newest.sent > entry;
        boolean behindOneSentOnce = sentOnce && newest.sentOnce > entry;
        newest.sent = Math.max(newest.sent, entry);
        if (sentOnce) {
            newest.sentOnce = Math.max(newest.sentOnce, entry);
        }
        if (!behind) {
            return Arrival.IN_ORDER;
        }
        return behindOneSentOnce && newest.inOneLedger ? Arrival.OUT_OF_ORDER : Arrival.REORDERED;
    }
}
