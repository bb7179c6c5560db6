package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertDocument;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.service.live.EventStreams;

/**
 * Alert changes as server-sent events at {@code /api/v1/alerts/live}: event name is the change's type, data the alert
 * as in the list. Carries what this instance changes; a client that must miss nothing reads the list.
 */
public final class AlertStream implements AutoCloseable {
    private final AlertLinks links;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "alert-stream");
        thread.setDaemon(true);
        return thread;
    });

    public AlertStream(AlertLinks links) {
        this.links = links;
    }

    void addTo(JavalinConfig config) {
        EventStreams.addTo(config, "/api/v1/alerts/live", client -> {
            client.keepAlive();
            client.onClose(() -> clients.remove(client));
            clients.add(client);
        });
    }

    /** Sends a change to whoever listens, without waiting for them. */
    public void changed(Alert alert, AlertChange change) {
        if (!clients.isEmpty() && !alert.shadow()) {
            ObjectNode document = AlertDocument.of(alert, links);
            writer.execute(() ->
                    clients.forEach(client -> client.sendEvent(change.type().wireName(), document.toString())));
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
        clients.forEach(SseClient::close);
    }
}
