package org.citystream.analytics.episode;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule stands at one subject.
 *
 * @param version of the rule
 * @param conditionKey of the condition that got it here; another condition starts anew
 * @param standing of the condition
 * @param open last event of the open episode
 */
record RuleState(
        int version,
        long conditionKey,
        Hysteresis standing,
        @Nullable CityEvent open) {

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        standing.write(out);
        Codecs.writeEvent(out, open);
    }

    static RuleState read(DataInput in) throws IOException {
        return new RuleState((int) VarInt.read(in), in.readLong(), Hysteresis.read(in), Codecs.readEvent(in));
    }
}
