package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.citystream.alerting.access.Audit;
import org.citystream.alerting.access.AuditEntry;
import org.citystream.alerting.access.Caller;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.StorableText;

/** What changes something goes into the audit log, in the same transaction. */
final class Changes {
    private static final String SECRET = "secret";
    private static final String URL = "url";

    private final Audit audit;
    private final InstantSource clock;

    /** @param clock wall clock */
    Changes(Audit audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param action its name in the log, such as {@code webhook.change} */
    Handler of(String action, Consumer<Context> change) {
        return context -> audit.change(() -> {
            change.accept(context);
            Caller caller = Authentication.of(context);
            return new AuditEntry(
                    clock.instant(), caller.name(), caller.role(), action, target(context), storable(context));
        });
    }

    /** The id in the path, or of what has been made. */
    private static String target(Context context) {
        if (context.pathParamMap().containsKey("id")) {
            return context.pathParam("id");
        }
        String location = context.res().getHeader("Location");
        return location == null ? "" : location.substring(location.lastIndexOf('/') + 1);
    }

    /** What nobody has asked for may be anything, and the log has to take it. */
    private static JsonNode storable(Context context) {
        return StorableText.replaced(request(context));
    }

    private static JsonNode request(Context context) {
        String body = Body.text(context);
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        context.queryParamMap().forEach((name, values) -> query.put(name, String.join(",", values)));
        if (body.isBlank()) {
            return query;
        }
        try {
            JsonNode node = JsonCodec.strict().readTree(body);
            return node instanceof ObjectNode object ? withoutSecrets(object) : node;
        } catch (IOException e) {
            return TextNode.valueOf(body);
        }
    }

    /** Of a URL only where it leads: the rest may be a secret. */
    private static ObjectNode withoutSecrets(ObjectNode body) {
        if (body.has(SECRET)) {
            body.put(SECRET, "...");
        }
        if (body.has(URL)) {
            body.put(URL, body.path(URL).asText().replaceFirst("(?<=[^/:])/.*", "/..."));
        }
        return body;
    }
}
