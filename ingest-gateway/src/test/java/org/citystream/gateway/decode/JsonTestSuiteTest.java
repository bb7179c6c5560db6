package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.testsupport.RecordedData;
import org.junit.jupiter.api.Test;

/** The parsing tests of nst/JSONTestSuite (MIT): what must be refused is refused, whatever it is nothing crashes. */
class JsonTestSuiteTest {
    private final NativeJson decoder = new NativeJson();

    private static List<Path> files(String prefix) throws IOException {
        Path suite = RecordedData.require("json-test-suite");
        try (Stream<Path> files = Files.list(suite)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private Decoded decode(Path file) throws IOException {
        Message message = new Message("city/lindholm/traffic/loop-0421", Files.readAllBytes(file), Instant.EPOCH);
        return decoder.decode(message).get(0);
    }

    /** Valid JSON is refused too, as none of it is a reading, but never for its syntax. */
    private boolean isParsed(Path file) throws IOException {
        RejectReason reason = ((Rejected) decode(file)).reason();
        return reason == RejectReason.WRONG_TYPE || reason == RejectReason.MISSING_FIELD;
    }

    @Test
    void allThatMustBeRefusedIsRefusedForItsSyntax() throws IOException {
        Map<RejectReason, Integer> reasons = new EnumMap<>(RejectReason.class);
        for (Path file : files("n_")) {
            Rejected rejected = (Rejected) decode(file);
            assertThat(isParsed(file)).as("%s is not JSON: %s", file, rejected).isFalse();
            reasons.merge(rejected.reason(), 1, Integer::sum);
        }
        assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(188);
    }

    @Test
    void validDocumentsAreParsedExceptDuplicateKeys() throws IOException {
        List<Path> refused = new java.util.ArrayList<>();
        for (Path file : files("y_")) {
            if (!isParsed(file)) {
                refused.add(file);
            }
        }
        assertThat(refused)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");
    }

    @Test
    void whatIsLeftToTheParserCrashesNothing() throws IOException {
        for (Path file : files("i_")) {
            assertThat(decode(file)).isInstanceOf(Rejected.class);
        }
    }
}
