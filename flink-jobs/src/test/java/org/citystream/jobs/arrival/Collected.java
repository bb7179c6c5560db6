package org.citystream.jobs.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.citystream.jobs.wire.KeyedJson;

/** A topic on the way out, kept in this JVM: records of one key in the order in which they were written. */
final class Collected implements Sink<KeyedJson> {
    private static final long serialVersionUID = 1;
    private static final Map<Integer, List<KeyedJson>> all = new ConcurrentHashMap<>();
    private static final AtomicInteger made = new AtomicInteger();

    private final int id = made.incrementAndGet();

    Collected() {
        all.put(id, new ArrayList<>());
    }

    List<KeyedJson> records() {
        List<KeyedJson> written = all.getOrDefault(id, List.of());
        synchronized (written) {
            return List.copyOf(written);
        }
    }

    @Override
    public SinkWriter<KeyedJson> createWriter(WriterInitContext context) {
        List<KeyedJson> written = all.getOrDefault(id, List.of());
        return new SinkWriter<>() {
            @Override
            public void write(KeyedJson record, Context writing) {
                synchronized (written) {
                    written.add(record);
                }
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
