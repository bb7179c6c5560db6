package org.citystream.analytics.episode;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.rule.Severity;

/**
 * One condition at one place taking in panes: enter and exit levels, dwell, severity. Moments only, so that gaps need no
 * steps of their own. Immutable.
 *
 * <p>It opens when a run of entering panes has lasted {@code enterFor}, and has then stood since that run started. It
 * closes when a run of leaving panes has lasted {@code exitFor}. Panes that say nothing neither lengthen nor break a run,
 * unless they last longer than the dwell it waits for: then nobody can say what happened in between, and the run starts
 * anew. Severity follows when it has been worse for {@code enterFor}, or milder for {@code exitFor}.
 *
 * @param decidedUpTo end of the last pane that decided anything, epoch ms; {@link #NONE}
 * @param enterFrom start of the run of entering panes; {@link #NONE}
 * @param enterReadings readings counted in that run
 * @param enterSeverity mildest severity of that run
 * @param openSince start of the run that opened it; {@link #NONE}: not open
 * @param severity while open
 * @param exitFrom start of the run of leaving panes; {@link #NONE}
 * @param changeFrom start of the run of panes on one side of the severity; {@link #NONE}
 * @param changeSeverity the severity of that run closest to the present one
 */
public record Hysteresis(
        long decidedUpTo,
        long enterFrom,
        int enterReadings,
        Severity enterSeverity,
        long openSince,
        Severity severity,
        long exitFrom,
        long changeFrom,
        Severity changeSeverity) {
    /** No such moment. */
    public static final long NONE = Long.MIN_VALUE;

    /** Nothing observed. */
    public static final Hysteresis QUIET =
            new Hysteresis(NONE, NONE, 0, Severity.MINOR, NONE, Severity.MINOR, NONE, NONE, Severity.MINOR);

    /** What a pane brought about. */
    public enum Change {
        NOTHING,
        OPENED,
        ESCALATED,
        DEESCALATED,
        CLOSED
    }

    /**
     * A pane's outcome.
     *
     * @param from start of the run that brought the change about, epoch ms; the pane's start if there was none
     */
    public record Next(Hysteresis state, Change change, long from) {}

    public boolean isOpen() {
        return openSince != NONE;
    }

    /** Whether there is nothing to remember; what is open has entered. */
    public boolean isQuiet() {
        return enterFrom == NONE;
    }

    /** Takes one pane in; times are epoch ms. A verdict that decides nothing changes nothing. */
    public Next next(long paneStart, long paneEnd, Verdict verdict) {
        if (verdict.standing() == Standing.UNDECIDED) {
            return new Next(this, Change.NOTHING, paneStart);
        }
        return isOpen() ? whileOpen(paneStart, paneEnd, verdict) : whileQuiet(paneStart, paneEnd, verdict);
    }

    private Next whileQuiet(long paneStart, long paneEnd, Verdict verdict) {
        if (verdict.standing() != Standing.ENTER) {
            return new Next(QUIET, Change.NOTHING, paneStart);
        }
        long enterMillis = verdict.enterFor().toMillis();
        boolean goesOn = enterFrom != NONE && !gapExceeds(paneStart, enterMillis);
        long from = goesOn ? enterFrom : paneStart;
        int readings = (goesOn ? enterReadings : 0) + verdict.readings();
        Severity mildest = goesOn ? mildest(enterSeverity, verdict.severity()) : verdict.severity();
        boolean opens = paneEnd - from >= enterMillis && readings >= verdict.readingsNeeded();
        Hysteresis next = new Hysteresis(
                paneEnd,
                from,
                readings,
                mildest,
                opens ? from : NONE,
                opens ? mildest : Severity.MINOR,
                NONE,
                NONE,
                Severity.MINOR);
        return new Next(next, opens ? Change.OPENED : Change.NOTHING, from);
    }

    private Next whileOpen(long paneStart, long paneEnd, Verdict verdict) {
        long exitMillis = verdict.exitFor().toMillis();
        long leaving = verdict.standing() != Standing.EXIT
                ? NONE
                : exitFrom == NONE || gapExceeds(paneStart, exitMillis) ? paneStart : exitFrom;
        if (leaving != NONE && paneEnd - leaving >= exitMillis) {
            return new Next(QUIET, Change.CLOSED, leaving);
        }
        Severity now = verdict.severity();
        int side = Integer.signum(now.compareTo(severity));
        long dwell = side > 0 ? verdict.enterFor().toMillis() : exitMillis;
        boolean sameSide = side != 0
                && changeFrom != NONE
                && side == Integer.signum(changeSeverity.compareTo(severity))
                && !gapExceeds(paneStart, dwell);
        long from = side == 0 ? NONE : sameSide ? changeFrom : paneStart;
        Severity change = !sameSide ? now : side > 0 ? mildest(changeSeverity, now) : worst(changeSeverity, now);
        boolean changes = side != 0 && paneEnd - from >= dwell;
        Hysteresis next = new Hysteresis(
                paneEnd,
                enterFrom,
                enterReadings,
                enterSeverity,
                openSince,
                changes ? change : severity,
                leaving,
                changes ? NONE : from,
                change);
        Change what = !changes ? Change.NOTHING : side > 0 ? Change.ESCALATED : Change.DEESCALATED;
        return new Next(next, what, changes ? from : paneStart);
    }

    /** Of a run, whose panes have decided something. */
    private boolean gapExceeds(long paneStart, long millis) {
        return paneStart - decidedUpTo > millis;
    }

    private static Severity mildest(Severity a, Severity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Severity worst(Severity a, Severity b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(decidedUpTo);
        out.writeLong(enterFrom);
        VarInt.write(out, enterReadings);
        VarInt.write(out, enterSeverity.ordinal());
        out.writeLong(openSince);
        VarInt.write(out, severity.ordinal());
        out.writeLong(exitFrom);
        out.writeLong(changeFrom);
        VarInt.write(out, changeSeverity.ordinal());
    }

    public static Hysteresis read(DataInput in) throws IOException {
        return new Hysteresis(
                in.readLong(),
                in.readLong(),
                (int) VarInt.read(in),
                severity(in),
                in.readLong(),
                severity(in),
                in.readLong(),
                in.readLong(),
                severity(in));
    }

    /** Those of several stations, by id. */
    public static void writeAll(SortedMap<String, Hysteresis> standings, DataOutput out) throws IOException {
        VarInt.write(out, standings.size());
        for (Map.Entry<String, Hysteresis> entry : standings.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    /** What {@link #writeAll} wrote. */
    public static TreeMap<String, Hysteresis> readAll(DataInput in) throws IOException {
        TreeMap<String, Hysteresis> standings = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            standings.put(in.readUTF(), read(in));
        }
        return standings;
    }

    private static Severity severity(DataInput in) throws IOException {
        return Severity.values()[(int) VarInt.read(in)];
    }
}
