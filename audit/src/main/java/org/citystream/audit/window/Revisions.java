package org.citystream.audit.window;

/** The highest revision of each summary and what it counts, by a 64-bit hash; 16 bytes a slot, at most 60 % taken. */
final class Revisions {
    /** Nothing was there before. */
    static final long NEW = -1;
    /** A higher revision is there already. */
    static final long OLDER = -2;

    private static final double FULL = 0.6;

    private long[] keys = new long[1 << 10];
    private int[] revisions = new int[1 << 10];
    private int[] counts = new int[1 << 10];
    private int size;

    /**
     * Notes a revision.
     *
     * @param revision 1, 2, ...
     * @return the count it replaces, {@link #NEW} or {@link #OLDER}
     */
    long revise(long hash, int revision, int count) {
        if (size + 1 > keys.length * FULL) {
            grow();
        }
        int slot = slotOf(hash);
        int before = revisions[slot];
        if (before > revision) {
            return OLDER;
        }
        long replaced = before == 0 ? NEW : counts[slot];
        size += before == 0 ? 1 : 0;
        keys[slot] = hash;
        revisions[slot] = revision;
        counts[slot] = count;
        return replaced;
    }

    /** A slot without revision is empty. */
    private int slotOf(long hash) {
        int slot = (int) (hash ^ hash >>> 32) & keys.length - 1;
        while (revisions[slot] != 0 && keys[slot] != hash) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldRevisions = revisions;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        revisions = new int[keys.length];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldRevisions[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                revisions[slot] = oldRevisions[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
