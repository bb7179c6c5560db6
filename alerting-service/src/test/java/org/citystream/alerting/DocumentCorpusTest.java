package org.citystream.alerting;

import java.util.stream.Stream;
import org.citystream.testsupport.fuzz.KeptInputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kept document is answered, and so are breakages of each. */
class DocumentCorpusTest {
    @TestFactory
    Stream<DynamicTest> documents() {
        return KeptInputs.replay(DocumentFuzzTest.class);
    }
}
