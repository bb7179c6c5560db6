package org.citystream.alerting.notify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * A message as text for people.
 *
 * @param title one line
 * @param items one for each alert that it speaks of; one for a message about no alert
 */
public record Notice(String title, boolean over, String severity, List<Item> items) {

    /**
     * What is said of one alert.
     *
     * @param link where to see more; empty if there is nothing
     */
    public record Item(String headline, String summary, String startedAt, String link) {}

    public static Notice of(JsonNode message) {
        String type = message.path("type").asText();
        JsonNode data = message.path("data");
        if (!type.startsWith("alert.")) {
            String title = "CityStream: " + type;
            return new Notice(
                    title,
                    false,
                    "",
                    List.of(new Item(title, data.path("summary").asText(), "", "")));
        }
        return data.has("alerts") ? ofGroup(data) : ofAlert(type, data);
    }

    private static Notice ofAlert(String type, JsonNode data) {
        String word = type.substring("alert.".length()).toUpperCase(Locale.ROOT);
        Item item = item(data);
        return new Notice(
                "[" + word + "] " + item.headline(),
                over(data),
                data.path("severity").asText(),
                List.of(item));
    }

    private static Notice ofGroup(JsonNode data) {
        JsonNode alerts = data.path("alerts");
        long open = StreamSupport.stream(alerts.spliterator(), false)
                .filter(alert -> !over(alert))
                .count();
        int all = alerts.size() + data.path("truncatedAlerts").asInt();
        String labels = String.join(
                " ",
                StreamSupport.stream(data.path("groupLabels").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
        return new Notice(
                String.format(Locale.ROOT, "[%d alerts, %d open] %s", all, open, labels)
                        .strip(),
                over(data),
                alerts.path(0).path("severity").asText(),
                StreamSupport.stream(alerts.spliterator(), false)
                        .map(Notice::item)
                        .toList());
    }

    private static Item item(JsonNode alert) {
        return new Item(
                alert.path("title").asText() + " (" + alert.path("severity").asText() + ", "
                        + alert.path("state").asText() + ")",
                alert.path("summary").asText(),
                alert.path("startedAt").asText(),
                alert.path("links").path("dashboard").asText());
    }

    private static boolean over(JsonNode data) {
        return data.path("state").asText().equals("resolved");
    }
}
