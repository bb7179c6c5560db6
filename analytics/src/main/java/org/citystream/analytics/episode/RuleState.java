package org.citystream.analytics.episode;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule stands at one subject. Moments only, so that gaps need no steps of their own.
 *
 * @param version of the rule
 * @param conditionKey of the condition that got it here; another condition starts anew
 * @param decidedUpTo end of the last pane that decided anything, epoch ms
 * @param enterFrom start of the run of entering panes; {@link #NONE}
 * @param enterReadings readings counted in that run
 * @param enterSeverity mildest severity of that run
 * @param exitFrom start of the run of leaving panes; {@link #NONE}
 * @param changeFrom start of the run of panes on one side of the open episode's severity; {@link #NONE}
 * @param changeSeverity the severity of that run closest to the episode's
 * @param open last event of the open episode
 */
record RuleState(
        int version,
        long conditionKey,
        long decidedUpTo,
        long enterFrom,
        int enterReadings,
        Severity enterSeverity,
        long exitFrom,
        long changeFrom,
        Severity changeSeverity,
        @Nullable CityEvent open) {
    static final long NONE = Long.MIN_VALUE;

    /** Of a rule of which there is nothing to remember. */
    static final RuleState IDLE = new RuleState(0, 0, NONE, NONE, 0, Severity.MINOR, NONE, NONE, Severity.MINOR, null);

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        out.writeLong(decidedUpTo);
        out.writeLong(enterFrom);
        VarInt.write(out, enterReadings);
        VarInt.write(out, enterSeverity.ordinal());
        out.writeLong(exitFrom);
        out.writeLong(changeFrom);
        VarInt.write(out, changeSeverity.ordinal());
        Codecs.writeEvent(out, open);
    }

    static RuleState read(DataInput in) throws IOException {
        Severity[] severities = Severity.values();
        return new RuleState(
                (int) VarInt.read(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                (int) VarInt.read(in),
                severities[(int) VarInt.read(in)],
                in.readLong(),
                in.readLong(),
                severities[(int) VarInt.read(in)],
                Codecs.readEvent(in));
    }
}
