package org.citystream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RecordedDataTest {
    @TempDir
    Path place;

    @Test
    void isFoundBesideTheCheckoutFromAModuleAndFromTheRoot() throws IOException {
        Path aarhus = Files.createDirectories(place.resolve("shared/data/aarhus-traffic"));

        assertThat(new RecordedData(null, place.resolve("checkout/module")).locate("aarhus-traffic"))
                .contains(aarhus);
        assertThat(new RecordedData(null, place.resolve("checkout")).locate("aarhus-traffic"))
                .contains(aarhus);
    }

    @Test
    void theConfiguredDirectoryIsTheOnlyOneLookedInto() throws IOException {
        Files.createDirectories(place.resolve("shared/data/aarhus-traffic"));
        Path own = Files.createDirectories(place.resolve("own"));

        assertThat(new RecordedData(own.toString(), place.resolve("checkout")).locate("aarhus-traffic"))
                .isEmpty();
    }

    @Test
    void aTestWithoutItsDataIsSkipped() {
        assertThatThrownBy(() -> RecordedData.require("no-such-city"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("CITYSTREAM_DATA");
    }
}
