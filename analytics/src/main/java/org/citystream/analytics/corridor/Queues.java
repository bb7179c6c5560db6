package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.VarInt;

/**
 * Where one congestion rule stands on a corridor. Immutable by convention.
 *
 * @param conditionKey of the condition that got it here; another condition starts anew
 * @param standings of the stations of which there is something to remember
 * @param open the queues, by start
 */
record Queues(int version, long conditionKey, TreeMap<String, Hysteresis> standings, List<Queue> open) {

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        VarInt.write(out, standings.size());
        for (Map.Entry<String, Hysteresis> entry : standings.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
        VarInt.write(out, open.size());
        for (Queue queue : open) {
            queue.write(out);
        }
    }

    static Queues read(DataInput in) throws IOException {
        int version = (int) VarInt.read(in);
        long conditionKey = in.readLong();
        TreeMap<String, Hysteresis> standings = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            standings.put(in.readUTF(), Hysteresis.read(in));
        }
        List<Queue> open = new ArrayList<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            open.add(Queue.read(in));
        }
        return new Queues(version, conditionKey, standings, open);
    }
}
