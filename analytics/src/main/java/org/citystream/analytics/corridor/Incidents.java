package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where one incident rule stands on a corridor. Immutable by convention.
 *
 * @param conditionKey of the method that got it here; another method starts anew
 * @param gaps between neighbouring stations of which there is something to remember, by the upstream segment
 */
record Incidents(long conditionKey, TreeMap<String, Gap> gaps) {

    /**
     * Between a station and the next one downstream.
     *
     * @param standing whether traffic is slow before and free behind it, and flow has dropped
     * @param open last event of the open incident
     */
    record Gap(
            California7 california,
            Hysteresis standing,
            @Nullable CityEvent open) {
        static final Gap QUIET = new Gap(California7.FREE, Hysteresis.QUIET, null);

        boolean isQuiet() {
            return california == California7.FREE && standing.isQuiet() && open == null;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(conditionKey);
        VarInt.write(out, gaps.size());
        for (Map.Entry<String, Gap> entry : gaps.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeByte(entry.getValue().california().ordinal());
            entry.getValue().standing().write(out);
            Codecs.writeEvent(out, entry.getValue().open());
        }
    }

    static Incidents read(DataInput in) throws IOException {
        long conditionKey = in.readLong();
        TreeMap<String, Gap> gaps = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            gaps.put(
                    in.readUTF(),
                    new Gap(California7.values()[in.readByte()], Hysteresis.read(in), Codecs.readEvent(in)));
        }
        return new Incidents(conditionKey, gaps);
    }
}
