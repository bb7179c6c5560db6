package org.citystream.analytics.district;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule stands in a district. Immutable by convention.
 *
 * @param conditionKey of the condition that got it here; another condition starts anew
 * @param standings of the stations of which there is something to remember
 * @param open its episodes, by start
 */
record Areas(int version, long conditionKey, TreeMap<String, Hysteresis> standings, List<Area> open) {

    /**
     * What another version of the rule leaves of it: nothing if the condition is another one; the episodes go on if only mode
     * or labels are, and say so.
     */
    @Nullable Areas under(Rule rule, Instant at, List<CityEvent> events) {
        if (rule.version() == version) {
            return this;
        }
        if (conditionKey != Identity.bootKey(rule.condition().toString())) {
            end(at, EpisodeEvents.RULE_CHANGED, events);
            return null;
        }
        List<Area> areas = new ArrayList<>();
        for (Area area : open) {
            areas.add(new Area(EpisodeEvents.under(rule, area.last(), at, events), area.members()));
        }
        return new Areas(rule.version(), conditionKey, standings, areas);
    }

    void end(Instant at, String reason, List<CityEvent> events) {
        open.forEach(area -> events.add(EpisodeEvents.ended(area.last(), at, reason)));
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        Hysteresis.writeAll(standings, out);
        VarInt.write(out, open.size());
        for (Area area : open) {
            area.write(out);
        }
    }

    static Areas read(DataInput in) throws IOException {
        int version = (int) VarInt.read(in);
        long conditionKey = in.readLong();
        TreeMap<String, Hysteresis> standings = Hysteresis.readAll(in);
        List<Area> open = new ArrayList<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            open.add(Area.read(in));
        }
        return new Areas(version, conditionKey, standings, open);
    }
}
