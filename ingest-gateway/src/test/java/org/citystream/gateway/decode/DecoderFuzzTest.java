package org.citystream.gateway.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided search for bytes that a decoder has no answer to. Not part of the default build, whose {@link CorpusTest}
 * goes over the kept messages; ten minutes of each format, one at a time:
 * {@code JAZZER_FUZZ=1 mvn -Pfuzz -pl ingest-gateway -am test -Dtest='DecoderFuzzTest#ngsiLd'
 * -Dsurefire.failIfNoSpecifiedTests=false}. A finding is kept as a file of the corpus.
 */
class DecoderFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void nativeJson(byte[] payload) {
        Corpus.check("nativeJson/", payload);
    }

    @FuzzTest(maxDuration = "10m")
    void senMlJson(byte[] payload) {
        Corpus.check("senMlJson/", payload);
    }

    @FuzzTest(maxDuration = "10m")
    void senMlCbor(byte[] payload) {
        Corpus.check("senMlCbor/", payload);
    }

    @FuzzTest(maxDuration = "10m")
    void thingsStack(byte[] payload) {
        Corpus.check("thingsStack/", payload);
    }

    @FuzzTest(maxDuration = "10m")
    void ngsiLd(byte[] payload) {
        Corpus.check("ngsiLd/", payload);
    }

    @FuzzTest(maxDuration = "10m")
    void sensorCommunity(byte[] payload) {
        Corpus.check("sensorCommunity/", payload);
    }

    @FuzzTest(maxDuration = "10m")
    void mappedJson(byte[] payload) {
        Corpus.check("mappedJson/", payload);
    }
}
