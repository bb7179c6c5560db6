package org.citystream.audit.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.citystream.audit.alert.ReceivedDelivery;
import org.citystream.audit.alert.ReceivedDelivery.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverLogTest {
    @TempDir
    Path directory = Path.of("");

    /** Bodies as docs/webhooks.md has them; what is not of our own format says nothing of its place. */
    @Test
    void messagesOfAnAlertAndOfAGroupHaveTheirPlace() throws Exception {
        Path log = Files.writeString(directory.resolve("received.jsonl"), """
                {"webhookId":"m1","verdict":"verified","body":{"type":"alert.opened","data":{"alertId":"al-1","sequence":3}}}
                {"webhookId":"m2","verdict":"verified","body":{"type":"alert.group","data":{"groupId":"gr-1","sequence":2,\
                "alerts":[{"alertId":"al-1","sequence":9}]}}}
                {"webhookId":"m3","verdict":"verified","body":{"type":"webhook.test","data":{"endpointId":"wh-1"}}}
                {"webhookId":"m4","verdict":"unverified","body":{"version":"4","alerts":[]}}
                {"webhookId":"m5","verdict":"unverified","body":"not JSON"}
                """);

        assertThat(ReceiverLog.read(log))
                .extracting(ReceivedDelivery::place)
                .containsExactly(new Place("al-1", 3), new Place("gr-1", 2), null, null, null);
    }
}
