package org.citystream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.citystream.service.config.ConfigurationException;
import org.junit.jupiter.api.Test;

/** {@code simulate --check} as {@code ./city up} asks it before it starts anything. */
class WantedTest {
    @Test
    void whatIsUnderstoodIsFine() {
        assertThat(SimulatorMain.check(
                        "simulate", new String[] {"--scenario", "accident+storm", "--city", "grid:rows=3", "--check"}))
                .isZero();
    }

    @Test
    void whatIsNotIsWrongUsage() {
        assertThat(SimulatorMain.check("simulate", new String[] {"--scenario", "flood", "--check"}))
                .isEqualTo(2);
    }

    @Test
    void everythingThatIsWrongIsTold() {
        SimulateConfig config = new SimulateConfig();
        config.scenario = "flood";
        config.city.name = "gird";

        assertThatThrownBy(() -> Wanted.of(config))
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> assertThat(e.problems())
                        .anySatisfy(problem -> assertThat(problem).startsWith("--scenario: no scenario 'flood'"))
                        .anySatisfy(problem -> assertThat(problem).startsWith("--city: there is no city file")));
    }
}
