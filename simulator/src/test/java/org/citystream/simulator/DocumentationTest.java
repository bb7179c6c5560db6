package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citystream.simulator.fault.Faults;
import org.citystream.simulator.plan.Range;
import org.citystream.simulator.scenario.Scenario;
import org.citystream.simulator.scenario.Scenarios;
import org.junit.jupiter.api.Test;

/** {@code docs/simulator.md} says what there is. */
class DocumentationTest {
    private final String text;

    DocumentationTest() throws IOException {
        text = Files.readString(Path.of("../docs/simulator.md"));
    }

    @Test
    void everyRangeOfTheVariationIsThereWithItsBounds() {
        for (Range range : Range.values()) {
            assertThat(text)
                    .contains("| %s | %s | %s | %s |"
                            .formatted(range.meaning(), range.unit(), bound(range.from()), bound(range.to())));
        }
    }

    @Test
    void everyScenarioAndEveryFaultIsThere() {
        assertThat(Scenarios.all())
                .extracting(Scenario::name)
                .allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
        assertThat(Faults.names()).allSatisfy(name -> assertThat(text).contains("| `" + name + "` |"));
    }

    private static String bound(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
