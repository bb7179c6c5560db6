package org.citystream.alerting.api;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.citystream.service.live.WriteWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who listens to a stream, on a thread of its own: a slow one keeps no other waiting, and no memory without bound. */
final class StreamClient implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);
    private static final String HEARTBEAT = ": still here\n\n";

    /** To the client. */
    interface Connection {
        void write(String text) throws IOException;

        /** Ends it, and a write that is stuck. */
        void cut();
    }

    private final Connection connection;
    private final AlertStream.Limits limits;
    private final BlockingQueue<String> waiting;
    private final WriteWatch watch = new WriteWatch();
    private volatile boolean cut;

    StreamClient(Connection connection, AlertStream.Limits limits) {
        this.connection = connection;
        this.limits = limits;
        this.waiting = new ArrayBlockingQueue<>(limits.waiting());
    }

    /** Never waits. */
    void put(String event) {
        if (!waiting.offer(event)) {
            LOG.info("a client of the stream that is {} events behind is cut", limits.waiting());
            cut();
        }
    }

    @Override
    public void run() {
        try {
            while (!cut) {
                String event = waiting.poll(limits.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
                watch.during(() -> connection.write(event == null ? HEARTBEAT : event));
            }
        } catch (IOException e) {
            LOG.debug("a client of the stream has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
        }
    }

    void cutIfStuck() {
        if (watch.isStuck(limits.patience())) {
            LOG.info("a client of the stream that took nothing for {} is cut", limits.patience());
            cut();
        }
    }

    void cut() {
        cut = true;
        connection.cut();
    }
}
