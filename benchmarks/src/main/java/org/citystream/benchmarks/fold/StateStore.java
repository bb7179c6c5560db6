package org.citystream.benchmarks.fold;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** Where keyed state lies, by the names of Flink's setting {@code state.backend.type}. */
public final class StateStore {
    public static final String HEAP = "hashmap";
    static final String ROCKSDB = "rocksdb";

    /** For its caches, as a task slot of a usual cluster has it. */
    private static final String PER_SLOT = "256mb";

    private StateStore() {}

    public static StateBackend of(String name) throws IOException {
        return switch (name) {
            case HEAP -> new HashMapStateBackend();
            case ROCKSDB -> rocksDb();
            default -> throw new IllegalArgumentException("there is no state backend " + name);
        };
    }

    private static StateBackend rocksDb() throws IOException {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(true);
        // Without it, Flink's test harness gives RocksDB next to nothing, and every look-up reads files anew.
        backend.getMemoryConfiguration().setFixedMemoryPerSlot(PER_SLOT);
        backend.setDbStoragePath(Files.createTempDirectory("benchmark-state").toString());
        return backend;
    }
}
