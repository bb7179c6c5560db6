package org.citystream.stack.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorRevision;

/** What became of the registry. */
public final class SensorReport {
    private SensorReport() {}

    /** Changed sensors with their fields; new and unchanged ones are too many to be named each. */
    public static List<String> lines(SensorRevision revision) {
        List<String> lines = new ArrayList<>();
        int fresh = 0;
        for (SensorRevision.Change change : revision.changes()) {
            Sensor before = change.before();
            if (before == null) {
                fresh++;
            } else {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-32s %-8s version %d -> %d, from %s",
                        change.after().sensorId(),
                        change.after().kind().wireName(),
                        before.version(),
                        change.after().version(),
                        change.after().effectiveFrom()));
                change.fields()
                        .forEach(field -> lines.add(ChangedField.line(field.path(), field.before(), field.after())));
            }
        }
        lines.add(fresh + " new, " + (revision.changes().size() - fresh) + " changed, " + revision.unchanged()
                + " unchanged");
        return lines;
    }
}
