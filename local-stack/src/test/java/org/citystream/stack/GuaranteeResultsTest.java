package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Every test that {@code docs/guarantees.md} names has its last result there, and the page says why if it failed; every run of
 * {@code ./city verify --chaos} that is kept in {@code docs/chaos-runs} stands in its tables. After a run of all tests,
 * {@code mvn -pl local-stack -am test -Dtest=GuaranteeResultsTest -Dresults.write=true -Dsurefire.failIfNoSpecifiedTests=false}
 * takes the results over.
 */
class GuaranteeResultsTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyTestThatAGuaranteeNamesHasAResultAndEveryFailureIsExplained() throws Exception {
        GuaranteeResults results = GuaranteeResults.of(CHECKOUT);
        if (Boolean.getBoolean("results.write")) {
            results.refresh();
            results.write();
        }

        assertThat(results.told()).containsExactlyInAnyOrderElementsOf(results.named());
        assertThat(results.untoldFailures()).isEmpty();
    }

    @Test
    void everyRunThatIsKeptIsTold() throws Exception {
        ChaosResults runs = ChaosResults.of(CHECKOUT);
        if (Boolean.getBoolean("results.write")) {
            runs.write();
        }

        assertThat(ChaosResults.of(CHECKOUT).told()).isEqualTo(runs.found());
    }
}
