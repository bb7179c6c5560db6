package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import org.citystream.model.wire.JsonCodec;

/** JSON answers. */
final class Answers {
    private Answers() {}

    static void json(Context context, int status, JsonNode body) {
        context.status(status).contentType("application/json").result(JsonCodec.write(body));
    }

    /**
     * A page {@code {"items":[...],"next":cursor|null}}.
     *
     * @param found one more than {@code limit} if there is a next page
     */
    static <T> void page(
            Context context, List<T> found, int limit, Function<T, JsonNode> item, Function<T, Cursor> position) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        List<T> shown = found.size() > limit ? found.subList(0, limit) : found;
        shown.forEach(element -> items.add(item.apply(element)));
        page.put(
                "next",
                found.size() > limit ? position.apply(shown.get(limit - 1)).text() : null);
        json(context, 200, page);
    }

    /** A list that is always shown whole. */
    static ObjectNode whole(List<? extends JsonNode> items) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("items").addAll(items);
        page.putNull("next");
        return page;
    }
}
