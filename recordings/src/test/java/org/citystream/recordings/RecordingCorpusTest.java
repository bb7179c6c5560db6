package org.citystream.recordings;

import java.util.stream.Stream;
import org.citystream.testsupport.fuzz.KeptInputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kept file is answered, and so are breakages of each. */
class RecordingCorpusTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return KeptInputs.replay(RecordingFuzzTest.class);
    }
}
