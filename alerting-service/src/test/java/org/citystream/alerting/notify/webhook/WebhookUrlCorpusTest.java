package org.citystream.alerting.notify.webhook;

import java.util.stream.Stream;
import org.citystream.testsupport.fuzz.KeptInputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kept URL is taken or refused as it should be, and so are breakages of each. */
class WebhookUrlCorpusTest {
    @TestFactory
    Stream<DynamicTest> urls() {
        return KeptInputs.replay(WebhookUrlFuzzTest.class);
    }
}
