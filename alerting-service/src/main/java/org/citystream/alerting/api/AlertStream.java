package org.citystream.alerting.api;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertDocument;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.service.live.EventConnection;
import org.citystream.service.live.EventStreams;

/**
 * Alert changes as server-sent events at {@code /api/v1/alerts/live}: event name is the change's type, data the alert
 * as in the list. Carries what this instance changes; a client that must miss nothing reads the list.
 */
public final class AlertStream implements AutoCloseable {
    private final AlertLinks links;
    private final Set<EventConnection> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "alert-stream");
        thread.setDaemon(true);
        return thread;
    });

    public AlertStream(AlertLinks links) {
        this.links = links;
    }

    void addTo(JavalinConfig config) {
        EventStreams.addTo(config, "/api/v1/alerts/live", clients::add);
    }

    /** Sends a change to whoever listens, without waiting for them. */
    public void changed(Alert alert, AlertChange change) {
        if (!clients.isEmpty() && !alert.shadow()) {
            String event = EventConnection.event(
                    change.type().wireName(), AlertDocument.of(alert, links).toString());
            writer.execute(() -> clients.forEach(client -> send(client, event)));
        }
    }

    private void send(EventConnection client, String event) {
        try {
            client.write(event);
        } catch (IOException e) {
            clients.remove(client);
            client.cut();
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
        clients.forEach(EventConnection::cut);
    }
}
