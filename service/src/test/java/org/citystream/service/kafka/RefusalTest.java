package org.citystream.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void whatIsToldIsTheReasonAndNotItsWrapping() {
        assertThat(Refusal.reason(new KafkaException(
                        "Failed to create new KafkaAdminClient",
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"))))
                .isEqualTo("No resolvable bootstrap urls given in bootstrap.servers");
        assertThat(Refusal.reason(new ExecutionException(new TopicAuthorizationException("Authorization failed."))))
                .isEqualTo("Authorization failed.");
    }

    @Test
    void silenceIsCalledSo() {
        assertThat(Refusal.reason(new ExecutionException(
                        new TimeoutException("Timed out waiting for a node assignment. Call: listTopics"))))
                .isEqualTo("it does not answer");
    }
}
