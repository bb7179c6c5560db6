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
import java.util.StringJoiner;
import org.citystream.stack.flink.FlinkRest.CheckpointTime;

/** What was taken so far, in memory and, as CSV, in files that can be plotted while they grow. */
public final class VitalsLog implements Closeable {
    private final List<Vitals> taken = new ArrayList<>();
    private final List<Lag> lags = new ArrayList<>();
    private final Map<String, CheckpointTime> checkpoints = new LinkedHashMap<>();
    private final Csv vitalsFile;
    private final Csv lagFile;
    private final Csv checkpointsFile;

    private VitalsLog(Path directory) throws IOException {
        vitalsFile = new Csv(directory.resolve("vitals.csv"), "at,service,pid,heap_bytes,threads,open_files");
        lagFile = new Csv(directory.resolve("lag.csv"), "at,job,pending_records");
        checkpointsFile = new Csv(directory.resolve("checkpoints.csv"), "begun_at,job_id,number,took_ms");
    }

    /** Begins {@code vitals.csv}, {@code lag.csv} and {@code checkpoints.csv}. */
    public static VitalsLog in(Path directory) throws IOException {
        return new VitalsLog(directory);
    }

    public void add(Vitals vitals) throws IOException {
        taken.add(vitals);
        vitalsFile.add(
                vitals.at(), vitals.service(), vitals.pid(), vitals.heapBytes(), vitals.threads(), vitals.openFiles());
    }

    public void add(Lag lag) throws IOException {
        lags.add(lag);
        lagFile.add(lag.at(), lag.job(), lag.pendingRecords());
    }

    /** Adds those that have not been seen before. */
    public void add(Collection<CheckpointTime> seen) throws IOException {
        for (CheckpointTime checkpoint : seen) {
            if (checkpoints.put(checkpoint.jobId() + "/" + checkpoint.number(), checkpoint) == null) {
                checkpointsFile.add(
                        checkpoint.begunAt(),
                        checkpoint.jobId(),
                        checkpoint.number(),
                        checkpoint.took().toMillis());
            }
        }
    }

    /** The table of all. */
    public List<String> lines() {
        return VitalsTable.lines(taken, checkpoints.values(), lags);
    }

    @Override
    public void close() throws IOException {
        vitalsFile.close();
        lagFile.close();
        checkpointsFile.close();
    }

    /** A file of lines without text that would need quoting. */
    private static final class Csv implements Closeable {
        private final BufferedWriter writer;

        private Csv(Path path, String header) throws IOException {
            writer = Files.newBufferedWriter(path);
            writer.write(header + "\n");
            writer.flush();
        }

        private void add(Object... values) throws IOException {
            StringJoiner line = new StringJoiner(",", "", "\n");
            for (Object value : values) {
                line.add(value.toString());
            }
            writer.write(line.toString());
            writer.flush();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
