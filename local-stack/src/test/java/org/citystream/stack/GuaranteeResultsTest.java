package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Every test that {@code docs/guarantees.md} names has its last result there. After a run of all tests,
 * {@code mvn -pl local-stack -am test -Dtest=GuaranteeResultsTest -Dresults.write=true -Dsurefire.failIfNoSpecifiedTests=false}
 * takes the results over.
 */
class GuaranteeResultsTest {
    @Test
    void everyTestThatAGuaranteeNamesHasAResult() throws Exception {
        GuaranteeResults results =
                GuaranteeResults.of(Path.of("..").toAbsolutePath().normalize());
        if (Boolean.getBoolean("results.write")) {
            results.refresh();
            results.write();
        }

        assertThat(results.told()).containsExactlyInAnyOrderElementsOf(results.named());
    }
}
