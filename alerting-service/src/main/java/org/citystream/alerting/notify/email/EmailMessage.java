package org.citystream.alerting.notify.email;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import org.citystream.alerting.notify.Channel;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Notice;
import org.citystream.model.wire.JsonCodec;

/** Subject and plain text of an e-mail, as {@code {"subject","text","thread"}}; what is about one alert is one thread. */
public final class EmailMessage implements Channel.Rendering {

    @Override
    public String render(JsonNode message, Endpoint endpoint) {
        Notice notice = Notice.of(message);
        JsonNode data = message.path("data");
        return JsonNodeFactory.instance
                .objectNode()
                .put("subject", oneLine(notice.title()))
                .put("text", text(notice))
                .put("thread", data.path("alertId").asText(data.path("groupId").asText("")))
                .toString();
    }

    private static String text(Notice notice) {
        StringBuilder text = new StringBuilder();
        for (Notice.Item item : notice.items()) {
            text.append(item.headline()).append('\n');
            line(text, "", item.summary());
            line(text, "Since: ", item.startedAt());
            line(text, "More:  ", item.link());
            text.append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(name).append(value).append('\n');
        }
    }

    /** Names come from outside: a line break would begin another header. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** A rendered message. */
    record Parts(String subject, String text, String thread) {
        static Parts of(String body) {
            JsonNode parts = JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            return new Parts(
                    parts.path("subject").asText(),
                    parts.path("text").asText(),
                    parts.path("thread").asText());
        }
    }
}
