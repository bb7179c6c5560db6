package org.citystream.analytics.sensortrust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was wrong with a sensor's last messages. Immutable.
 *
 * @param messages seen, counted up to {@link #REMEMBERED}
 * @param marks of the symptoms that any of them had, in the order of the symptoms
 */
public record History(int messages, List<Mark> marks) {
    /** Messages remembered. */
    public static final int REMEMBERED = Long.SIZE;

    static final History NONE = new History(0, List.of());

    /**
     * Messages with one symptom.
     *
     * @param bits newest message in bit 0
     * @param sinceMillis observed time of the first of them, ms since 1970
     * @param detail what the newest of them said, for people
     */
    public record Mark(Symptom symptom, long bits, long sinceMillis, String detail) {}

    /** One more message. */
    History next(long atMillis, Map<Symptom, String> wrong) {
        List<Mark> shifted = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.bits() << 1 != 0) {
                shifted.add(new Mark(mark.symptom(), mark.bits() << 1, mark.sinceMillis(), mark.detail()));
            }
        }
        History next = new History(Math.min(REMEMBERED, messages + 1), shifted);
        for (Map.Entry<Symptom, String> symptom : wrong.entrySet()) {
            next = next.marked(symptom.getKey(), 1, atMillis, symptom.getValue());
        }
        return next;
    }

    /** The same messages, of which some have a symptom that is only seen now. */
    History marked(Symptom symptom, long bits, long atMillis, String detail) {
        List<Mark> all = new ArrayList<>(marks);
        Mark before = mark(symptom).orElse(new Mark(symptom, 0, atMillis, detail));
        all.remove(before);
        all.add(new Mark(symptom, before.bits() | bits, before.sinceMillis(), detail));
        all.sort(Comparator.comparing(Mark::symptom));
        return new History(messages, all);
    }

    Optional<Mark> mark(Symptom symptom) {
        return marks.stream().filter(mark -> mark.symptom() == symptom).findFirst();
    }

    /** Whether a sensor has the fault; one that had it needs some messages without. */
    boolean shows(Mark mark, boolean hadIt) {
        Symptom symptom = mark.symptom();
        return hadIt
                ? among(mark.bits(), symptom.faultlessToRecover()) > 0
                : among(mark.bits(), symptom.lookback()) >= symptom.needed();
    }

    /** How many of the messages looked back on have it. */
    int count(Mark mark) {
        return among(mark.bits(), mark.symptom().lookback());
    }

    /** Messages looked back on for a symptom. */
    int among(Symptom symptom) {
        return Math.min(messages, symptom.lookback());
    }

    private static int among(long bits, int newest) {
        return Long.bitCount(newest >= Long.SIZE ? bits : bits & ((1L << newest) - 1));
    }
}
