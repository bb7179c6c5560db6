package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;

/**
 * A congestion episode of a corridor.
 *
 * @param last its last event
 * @param members ids of the stations it covers
 * @param headId the most downstream of them
 * @param told extent in the last event
 * @param recent extents of the last {@link #REMEMBERED} minutes, oldest first
 */
record Queue(CityEvent last, TreeSet<String> members, String headId, Extent told, List<Extent> recent) {
    static final int REMEMBERED = 6;

    Extent extent() {
        return recent.get(recent.size() - 1);
    }

    /** The same queue a minute on. */
    Queue moved(TreeSet<String> newMembers, String newHeadId, Extent now) {
        List<Extent> extents = new ArrayList<>(recent);
        if (extents.size() == REMEMBERED) {
            extents.remove(0);
        }
        extents.add(now);
        return new Queue(last, newMembers, newHeadId, told, extents);
    }

    Queue told(CityEvent event) {
        return new Queue(event, members, headId, extent(), recent);
    }

    /** With another event that says nothing new of its extent. */
    Queue retold(CityEvent event) {
        return new Queue(event, members, headId, told, recent);
    }

    /** How fast its length has changed over the remembered minutes, m/min; NaN while there are fewer than three. */
    double growthMPerMin() {
        return recent.size() < 3 ? Double.NaN : perMinute(recent.get(0).lengthM(), extent().lengthM());
    }

    /** How fast its head has moved, m/min, upstream negative; NaN while there are fewer than three minutes. */
    double headMPerMin() {
        return recent.size() < 3 ? Double.NaN : perMinute(recent.get(0).headM(), extent().headM());
    }

    private double perMinute(double from, double to) {
        return (to - from) * 60_000 / (extent().at() - recent.get(0).at());
    }

    void write(DataOutput out) throws IOException {
        Codecs.writeEvent(out, last);
        VarInt.write(out, members.size());
        for (String member : members) {
            out.writeUTF(member);
        }
        out.writeUTF(headId);
        told.write(out);
        VarInt.write(out, recent.size());
        for (Extent extent : recent) {
            extent.write(out);
        }
    }

    static Queue read(DataInput in) throws IOException {
        CityEvent last = Codecs.readEvent(in);
        if (last == null) {
            throw new IOException("a queue without an event");
        }
        TreeSet<String> members = new TreeSet<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            members.add(in.readUTF());
        }
        String headId = in.readUTF();
        Extent told = Extent.read(in);
        List<Extent> recent = new ArrayList<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            recent.add(Extent.read(in));
        }
        return new Queue(last, members, headId, told, recent);
    }
}
