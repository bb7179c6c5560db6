package org.citystream.backtest.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.citystream.scoring.Progress;

/** A progress display that functions of a run in this process can reach by its number. */
public final class Watched implements AutoCloseable {
    private static final Map<Integer, Progress> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger MADE = new AtomicInteger();

    private final int id = MADE.incrementAndGet();

    public Watched(Progress progress) {
        ALL.put(id, progress);
    }

    public int id() {
        return id;
    }

    /** One more record is done. */
    public static void count(int id) {
        Progress progress = ALL.get(id);
        if (progress != null) {
            progress.read();
        }
    }

    @Override
    public void close() {
        ALL.remove(id);
    }
}
