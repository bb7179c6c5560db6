package org.citystream.alerting.api;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertDocument;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.alert.Alerts.Recorded;
import org.citystream.service.live.EventConnection;
import org.citystream.service.live.EventStreams;

/**
 * Alert changes as server-sent events at {@code /api/v1/alerts/live}: event name is the change's type, data the alert
 * as in the list. What other instances change is found in the history within about a second. A client that takes nothing is
 * cut, and comes back if it wants to; one that must miss nothing reads the list. Thread-safe.
 */
public final class AlertStream implements AutoCloseable {
    private static final String PATH = "/api/v1/alerts/live";
    private static final int REMEMBERED = 20_000;

    /**
     * Bounds of the stream.
     *
     * @param clients how many may listen at once
     * @param waiting events that may wait for a client
     * @param heartbeat longest silence towards a client
     * @param patience how long one write may be stuck
     */
    record Limits(int clients, int waiting, Duration heartbeat, Duration patience) {
        static final Limits DEFAULT = new Limits(100, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    private final AlertLinks links;
    private final Limits limits;
    private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();
    private final Set<String> sent = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "alert-stream");
        thread.setDaemon(true);
        return thread;
    });

    public AlertStream(AlertLinks links) {
        this(links, Limits.DEFAULT);
    }

    AlertStream(AlertLinks links, Limits limits) {
        this.links = links;
        this.limits = limits;
    }

    void addTo(JavalinConfig config) {
        config.routes.before(PATH, context -> {
            if (clients.size() >= limits.clients()) {
                throw new ProblemException(503, "already " + limits.clients() + " clients listen; try again later");
            }
        });
        EventStreams.addTo(
                config,
                PATH,
                connection -> join(new StreamClient.Connection() {
                    @Override
                    public void write(String text) throws IOException {
                        connection.write(text);
                    }

                    @Override
                    public void cut() {
                        connection.cut();
                    }
                }));
    }

    void join(StreamClient.Connection connection) {
        StreamClient client = new StreamClient(connection, limits);
        clients.add(client);
        threads.execute(() -> {
            try {
                client.run();
            } finally {
                clients.remove(client);
            }
        });
    }

    /** Sends a change to whoever listens, without waiting for them. */
    public void changed(Alert alert, AlertChange change) {
        changed(alert, change.sequence(), change.type().wireName());
    }

    private void changed(Alert alert, int sequence, String type) {
        if (clients.isEmpty() || alert.shadow() || !isFirst(alert.alertId(), sequence)) {
            return;
        }
        String event =
                EventConnection.event(type, AlertDocument.of(alert, links).toString());
        clients.forEach(client -> client.put(event));
    }

    private boolean isFirst(String alertId, int sequence) {
        synchronized (sent) {
            return sent.add(alertId + "/" + sequence);
        }
    }

    /** Sends what stands in the history and has not been sent: other instances have changed it. */
    void recorded(Recorded change, Alerts alerts) {
        alerts.find(change.alertId()).ifPresent(alert -> changed(alert, change.sequence(), change.type()));
    }

    boolean hasClients() {
        return !clients.isEmpty();
    }

    /** Cuts clients that take nothing. */
    void dropStuck() {
        clients.forEach(StreamClient::cutIfStuck);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(StreamClient::cut);
    }
}
