package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Where one congestion rule stands on a corridor. Immutable by convention.
 *
 * @param conditionKey of the condition that got it here; another condition starts anew
 * @param standings of the stations of which there is something to remember
 * @param slowAt end of the last slow minute of stations that were slow lately, epoch ms
 * @param open the queues, by start
 */
record Queues(
        int version,
        long conditionKey,
        TreeMap<String, Hysteresis> standings,
        TreeMap<String, Long> slowAt,
        List<Queue> open) {

    /**
     * What another version of the rule leaves of it: nothing if the condition is another one; the queues go on if only
     * mode or labels are, and say so.
     */
    @Nullable Queues under(Rule rule, Instant at, List<CityEvent> events) {
        if (rule.version() == version) {
            return this;
        }
        if (conditionKey != Identity.bootKey(rule.condition().toString())) {
            end(at, EpisodeEvents.RULE_CHANGED, events);
            return null;
        }
        List<Queue> queues = new ArrayList<>();
        for (Queue queue : open) {
            queues.add(queue.retold(EpisodeEvents.under(rule, queue.last(), at, events)));
        }
        return new Queues(rule.version(), conditionKey, standings, slowAt, queues);
    }

    void end(Instant at, String reason, List<CityEvent> events) {
        open.forEach(queue -> events.add(EpisodeEvents.ended(queue.last(), at, reason)));
    }

    /** Without the queues none of whose stations is there any more: they end. */
    Queues among(Set<String> stationIds, Instant at, List<CityEvent> events) {
        List<Queue> left = new ArrayList<>();
        for (Queue queue : open) {
            if (queue.members().stream().anyMatch(stationIds::contains)) {
                left.add(queue);
            } else {
                events.add(EpisodeEvents.ended(queue.last(), at, EpisodeEvents.STATION_GONE));
            }
        }
        return left.size() == open.size() ? this : new Queues(version, conditionKey, standings, slowAt, left);
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        Hysteresis.writeAll(standings, out);
        VarInt.write(out, slowAt.size());
        for (Map.Entry<String, Long> entry : slowAt.entrySet()) {
            out.writeUTF(entry.getKey());
            VarInt.writeSigned(out, entry.getValue());
        }
        VarInt.write(out, open.size());
        for (Queue queue : open) {
            queue.write(out);
        }
    }

    static Queues read(DataInput in) throws IOException {
        int version = (int) VarInt.read(in);
        long conditionKey = in.readLong();
        TreeMap<String, Hysteresis> standings = Hysteresis.readAll(in);
        TreeMap<String, Long> slowAt = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            slowAt.put(in.readUTF(), VarInt.readSigned(in));
        }
        List<Queue> open = new ArrayList<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            open.add(Queue.read(in));
        }
        return new Queues(version, conditionKey, standings, slowAt, open);
    }
}
