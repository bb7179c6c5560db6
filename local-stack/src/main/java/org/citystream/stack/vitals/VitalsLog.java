package org.citystream.stack.vitals;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.stack.flink.FlinkRest.CheckpointTime;

/** What was taken so far, in memory and, as CSV, in a file that can be plotted while it grows. */
public final class VitalsLog implements Closeable {
    private final List<Vitals> taken = new ArrayList<>();
    private final Map<String, CheckpointTime> checkpoints = new LinkedHashMap<>();
    private final BufferedWriter file;

    private VitalsLog(BufferedWriter file) {
        this.file = file;
    }

    /** Begins a file. */
    public static VitalsLog at(Path path) throws IOException {
        VitalsLog log = new VitalsLog(Files.newBufferedWriter(path));
        log.file.write("at,service,pid,heap_bytes,threads,open_files\n");
        return log;
    }

    public void add(Vitals vitals) throws IOException {
        taken.add(vitals);
        file.write(vitals.at() + "," + vitals.service() + "," + vitals.pid() + "," + vitals.heapBytes() + ","
                + vitals.threads() + "," + vitals.openFiles() + "\n");
        file.flush();
    }

    /** Adds those that have not been seen before. */
    public void add(Collection<CheckpointTime> seen) {
        seen.forEach(checkpoint -> checkpoints.put(checkpoint.jobId() + "/" + checkpoint.number(), checkpoint));
    }

    /** The table of all. */
    public List<String> lines() {
        return VitalsTable.lines(taken, checkpoints.values());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
