package org.citystream.analytics.district;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeSet;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.event.CityEvent;

/**
 * An episode of a district.
 *
 * @param last its last event
 * @param members ids of the stations that were above in its last hour that decided anything
 */
record Area(CityEvent last, TreeSet<String> members) {

    void write(DataOutput out) throws IOException {
        Codecs.writeEvent(out, last);
        VarInt.write(out, members.size());
        for (String member : members) {
            out.writeUTF(member);
        }
    }

    static Area read(DataInput in) throws IOException {
        CityEvent last = Codecs.readEvent(in);
        if (last == null) {
            throw new IOException("an area without an event");
        }
        TreeSet<String> members = new TreeSet<>();
        for (int i = (int) VarInt.read(in); i > 0; i--) {
            members.add(in.readUTF());
        }
        return new Area(last, members);
    }
}
