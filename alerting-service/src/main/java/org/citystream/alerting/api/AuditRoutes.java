package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.citystream.alerting.access.Audit;
import org.citystream.alerting.access.Audit.Numbered;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/audit}. */
final class AuditRoutes {
    private final Audit audit;

    AuditRoutes(Audit audit) {
        this.audit = audit;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/api/v1/audit", this::list, Needs.ADMIN);
    }

    private void list(Context context) {
        Parameters parameters = Parameters.of(context, Set.of("limit", "cursor"));
        int limit = parameters.limit();
        List<Numbered> found = audit.list(number(parameters.cursor()), limit + 1);
        Answers.page(
                context,
                found,
                limit,
                AuditRoutes::document,
                last -> new Cursor(last.entry().at(), Long.toString(last.number())));
    }

    private static @Nullable Long number(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.id().matches("[0-9]{1,18}")) {
            throw Cursor.unreadable();
        }
        return Long.valueOf(cursor.id());
    }

    private static JsonNode document(Numbered numbered) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", numbered.number());
        node.put("at", numbered.entry().at().toString());
        node.put("by", numbered.entry().by());
        node.put("role", numbered.entry().role().wireName());
        node.put("action", numbered.entry().action());
        node.put("target", numbered.entry().target());
        node.set("request", numbered.entry().request());
        return node;
    }
}
