package org.citystream.alerting.notify.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.citystream.alerting.notify.Channel;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Notice;

/** A text, and an attachment for each alert: what Slack, Mattermost, Rocket.Chat and Zulip all show. */
public final class SlackMessage implements Channel.Rendering {
    private static final int MOST_ATTACHMENTS = 20;
    private static final String GREEN = "#2e7d32";
    private static final String GREY = "#607d8b";
    private static final Map<String, String> COLOURS =
            Map.of("minor", "#fbc02d", "moderate", "#f57c00", "severe", "#d32f2f", "extreme", "#6a1b9a");

    @Override
    public String render(JsonNode message, Endpoint endpoint) {
        Notice notice = Notice.of(message);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("text", escaped(notice.title()));
        ArrayNode attachments = body.putArray("attachments");
        String colour = notice.over() ? GREEN : COLOURS.getOrDefault(notice.severity(), GREY);
        notice.items().stream()
                .limit(MOST_ATTACHMENTS)
                .forEach(item -> attachments.add(attachment(item).put("color", colour)));
        return body.toString();
    }

    private static ObjectNode attachment(Notice.Item item) {
        ObjectNode attachment = JsonNodeFactory.instance.objectNode();
        attachment.put("fallback", escaped(item.headline()));
        attachment.put("title", escaped(item.headline()));
        if (!item.link().isEmpty()) {
            attachment.put("title_link", item.link());
        }
        attachment.put("text", escaped(item.summary()));
        if (!item.startedAt().isEmpty()) {
            attachment.put("footer", "since " + item.startedAt());
        }
        return attachment;
    }

    /** Slack's three control characters; what sensors and rules are called must not become a link or a mention. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
