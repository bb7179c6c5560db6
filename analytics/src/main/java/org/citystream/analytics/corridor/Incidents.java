package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Where one incident rule stands on a corridor. Immutable by convention.
 *
 * @param version of the rule
 * @param conditionKey of the method that got it here; another method starts anew
 * @param gaps between neighbouring stations of which there is something to remember, by the upstream segment
 */
record Incidents(int version, long conditionKey, TreeMap<String, Gap> gaps) {

    /**
     * Between a station and the next one downstream.
     *
     * @param sudden whether traffic before it became slow all at once, by the standard normal deviate
     * @param standing whether traffic is slow before and free behind it, and flow has dropped
     * @param open last event of the open incident
     */
    record Gap(
            California7 california,
            boolean sudden,
            Hysteresis standing,
            @Nullable CityEvent open) {
        static final Gap QUIET = new Gap(California7.FREE, false, Hysteresis.QUIET, null);

        boolean isQuiet() {
            return california == California7.FREE && !sudden && standing.isQuiet() && open == null;
        }
    }

    /** What another version of the rule leaves of it, as {@link Queues#under}. */
    @Nullable Incidents under(Rule rule, Instant at, List<CityEvent> events) {
        if (rule.version() == version) {
            return this;
        }
        if (conditionKey != Identity.bootKey(rule.condition().toString())) {
            end(at, EpisodeEvents.RULE_CHANGED, events);
            return null;
        }
        TreeMap<String, Gap> revised = new TreeMap<>();
        gaps.forEach((segmentId, gap) -> {
            CityEvent open = gap.open();
            CityEvent goesOn = open == null ? null : EpisodeEvents.under(rule, open, at, events);
            revised.put(segmentId, new Gap(gap.california(), gap.sudden(), gap.standing(), goesOn));
        });
        return new Incidents(rule.version(), conditionKey, revised);
    }

    /**
     * Without the gaps whose station upstream has none downstream of it any more, or is not there itself: their incidents
     * end.
     *
     * @param upstreamIds of the stations that have another one downstream
     */
    Incidents among(Set<String> upstreamIds, Instant at, List<CityEvent> events) {
        TreeMap<String, Gap> left = new TreeMap<>();
        gaps.forEach((segmentId, gap) -> {
            if (upstreamIds.contains(segmentId)) {
                left.put(segmentId, gap);
            } else if (gap.open() != null) {
                events.add(EpisodeEvents.ended(gap.open(), at, EpisodeEvents.STATION_GONE));
            }
        });
        return new Incidents(version, conditionKey, left);
    }

    void end(Instant at, String reason, List<CityEvent> events) {
        for (Gap gap : gaps.values()) {
            if (gap.open() != null) {
                events.add(EpisodeEvents.ended(gap.open(), at, reason));
            }
        }
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, version);
        out.writeLong(conditionKey);
        VarInt.write(out, gaps.size());
        for (Map.Entry<String, Gap> entry : gaps.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeByte(entry.getValue().california().ordinal());
            out.writeBoolean(entry.getValue().sudden());
            entry.getValue().standing().write(out);
            Codecs.writeEvent(out, entry.getValue().open());
        }
    }

    static Incidents read(DataInput in) throws IOException {
        int version = (int) VarInt.read(in);
        long conditionKey = in.readLong();
        TreeMap<String, Gap> gaps = new TreeMap<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            gaps.put(
                    in.readUTF(),
                    new Gap(
                            California7.values()[in.readByte()],
                            in.readBoolean(),
                            Hysteresis.read(in),
                            Codecs.readEvent(in)));
        }
        return new Incidents(version, conditionKey, gaps);
    }
}
