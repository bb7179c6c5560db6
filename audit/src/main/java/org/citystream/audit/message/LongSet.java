package org.citystream.audit.message;

/** A set of 64-bit hashes, 8 bytes a slot, at most 60 % of the slots taken. */
public final class LongSet {
    private static final double FULL = 0.6;

    private long[] slots = new long[1 << 10];
    private boolean zero;
    private int size;

    /** Adds one; false if it is in already. */
    public boolean add(long value) {
        if (value == 0) {
            boolean first = !zero;
            zero = true;
            return first;
        }
        if (size + 1 > slots.length * FULL) {
            grow();
        }
        boolean first = place(value);
        if (first) {
            size++;
        }
        return first;
    }

    public boolean contains(long value) {
        if (value == 0) {
            return zero;
        }
        int slot = start(value);
        while (slots[slot] != 0) {
            if (slots[slot] == value) {
                return true;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return false;
    }

    private boolean place(long value) {
        int slot = start(value);
        while (slots[slot] != 0) {
            if (slots[slot] == value) {
                return false;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = value;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long value : old) {
            if (value != 0) {
                place(value);
            }
        }
    }

    private int start(long value) {
        return (int) (value ^ value >>> 32) & slots.length - 1;
    }
}
