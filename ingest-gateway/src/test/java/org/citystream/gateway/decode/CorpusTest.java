package org.citystream.gateway.decode;

import java.util.stream.Stream;
import org.citystream.testsupport.fuzz.KeptInputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every message and topic of the corpus is answered, and so are breakages of each. */
class CorpusTest {
    @TestFactory
    Stream<DynamicTest> messages() {
        return KeptInputs.replay(DecoderFuzzTest.class);
    }

    @TestFactory
    Stream<DynamicTest> topics() {
        return KeptInputs.replay(TopicFuzzTest.class);
    }
}
