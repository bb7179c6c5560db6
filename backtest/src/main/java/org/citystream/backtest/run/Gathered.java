package org.citystream.backtest.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.citystream.jobs.wire.KeyedJson;

/** What a run tells, kept in this process: records of one key in the order in which they were told. */
final class Gathered implements Sink<KeyedJson>, AutoCloseable {
    private static final long serialVersionUID = 1;
    private static final Map<Integer, List<KeyedJson>> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger MADE = new AtomicInteger();

    private final int id = MADE.incrementAndGet();

    Gathered() {
        ALL.put(id, new ArrayList<>());
    }

    List<KeyedJson> records() {
        List<KeyedJson> told = ALL.getOrDefault(id, List.of());
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    @Override
    public SinkWriter<KeyedJson> createWriter(WriterInitContext context) {
        List<KeyedJson> told = ALL.getOrDefault(id, List.of());
        return new SinkWriter<>() {
            @Override
            public void write(KeyedJson record, Context writing) {
                synchronized (told) {
                    told.add(record);
                }
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        ALL.remove(id);
    }
}
