package org.citystream.audit.window;

/** What the last record of each summary counts, by a 64-bit hash; 12 bytes a slot, at most 60 % taken. */
final class LastCounts {
    /** Nothing was there before. */
    static final long NEW = -1;

    private static final double FULL = 0.6;

    private long[] keys = new long[1 << 10];
    /** One more than the count; 0 where a slot is empty. */
    private int[] filled = new int[1 << 10];

    private int size;

    /**
     * Notes a record.
     *
     * @return the count it replaces, or {@link #NEW}
     */
    long put(long hash, int count) {
        if (size + 1 > keys.length * FULL) {
            grow();
        }
        int slot = slotOf(hash);
        long replaced = filled[slot] - 1L;
        size += replaced == NEW ? 1 : 0;
        keys[slot] = hash;
        filled[slot] = count + 1;
        return replaced;
    }

    private int slotOf(long hash) {
        int slot = (int) (hash ^ hash >>> 32) & keys.length - 1;
        while (filled[slot] != 0 && keys[slot] != hash) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldFilled = filled;
        keys = new long[oldKeys.length * 2];
        filled = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldFilled[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                filled[slot] = oldFilled[i];
            }
        }
    }
}
