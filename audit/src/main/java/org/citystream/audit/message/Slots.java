package org.citystream.audit.message;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Finds numbers 0, 1, 2, ... by a 64-bit hash that each has; several may have the same. Four bytes a slot, at most 60 %
 * of the slots taken.
 */
final class Slots {
    private static final int EMPTY = -1;
    private static final double FULL = 0.6;

    private final IntToLongFunction hashOf;
    private int[] slots = new int[1 << 10];
    private int size;

    /** @param hashOf the hash of a number that was added */
    Slots(IntToLongFunction hashOf) {
        this.hashOf = hashOf;
        Arrays.fill(slots, EMPTY);
    }

    void add(int number) {
        if (size + 1 > slots.length * FULL) {
            grow();
        }
        place(number);
        size++;
    }

    /** The first number added under this hash that is wanted; -1 if there is none. */
    int find(long hash, IntPredicate wanted) {
        for (int slot = start(hash); slots[slot] != EMPTY; slot = after(slot)) {
            int number = slots[slot];
            if (hashOf.applyAsLong(number) == hash && wanted.test(number)) {
                return number;
            }
        }
        return EMPTY;
    }

    private void place(int number) {
        int slot = start(hashOf.applyAsLong(number));
        while (slots[slot] != EMPTY) {
            slot = after(slot);
        }
        slots[slot] = number;
    }

    /** In order of the numbers, so that the first under a hash stays the first. */
    private void grow() {
        int[] old = slots;
        int[] numbers =
                Arrays.stream(old).filter(number -> number != EMPTY).sorted().toArray();
        slots = new int[old.length * 2];
        Arrays.fill(slots, EMPTY);
        for (int number : numbers) {
            place(number);
        }
    }

    private int start(long hash) {
        return (int) (hash ^ hash >>> 32) & slots.length - 1;
    }

    private int after(int slot) {
        return slot + 1 & slots.length - 1;
    }
}
