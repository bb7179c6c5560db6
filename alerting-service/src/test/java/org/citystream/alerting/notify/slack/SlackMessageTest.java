package org.citystream.alerting.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Bodies;
import org.citystream.alerting.notify.Format;
import org.citystream.model.event.CityEvent;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
    private final SlackMessage format = new SlackMessage();

    @Test
    void anAlertIsATextWithAColouredAttachmentThatLeadsToTheMap() {
        JsonNode body = rendered(Bodies.change(
                ChangeType.OPENED, Events.on("ring-3").severity(Severity.SEVERE).opened(), null));

        assertThat(body.path("text").textValue()).startsWith("[OPENED] Severe congestion on Ring Road 3");
        JsonNode attachment = body.path("attachments").path(0);
        assertThat(attachment.path("color").textValue()).isEqualTo("#d32f2f");
        assertThat(attachment.path("title_link").textValue()).startsWith("https://city.example/?alert=al-");
        assertThat(attachment.path("text").textValue()).isEqualTo("Vehicles crawl at a fifth of free flow.");
    }

    @Test
    void whatIsOverIsGreen() {
        Events ring = Events.on("ring-3");
        CityEvent opened = ring.opened();

        JsonNode body = rendered(Bodies.change(ChangeType.RESOLVED, ring.closed(), opened));

        assertThat(body.path("attachments").path(0).path("color").textValue()).isEqualTo("#2e7d32");
    }

    @Test
    void aGroupSaysHowManyAndShowsEach() {
        JsonNode body = rendered(Bodies.group(
                List.of(Events.on("ring-3").opened(), Events.on("ring-4").closed())));

        assertThat(body.path("text").textValue()).isEqualTo("[2 alerts, 1 open] moderate");
        assertThat(body.path("attachments")).hasSize(2);
    }

    @Test
    void aNameCannotMentionOrLink() {
        ObjectNode message = Bodies.change(
                        ChangeType.OPENED, Events.on("ring-3").opened(), null)
                .deepCopy();
        ((ObjectNode) message.get("data")).put("title", "<!channel> & <https://evil.example|here>");

        assertThat(rendered(message).toString())
                .doesNotContain("<")
                .contains("&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;");
    }

    private JsonNode rendered(JsonNode message) {
        String body = format.render(message, Bodies.endpoint("https://hooks.example/x", Format.SLACK));
        return JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
