package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OzoneTest {
    @Test
    void atNightTrafficUsesUpOzone() {
        Ozone clean = Ozone.balance(5, 60, 0);
        Ozone street = Ozone.balance(200, 60, 0);

        assertThat(street.o3UgM3()).isLessThan(5);
        assertThat(clean.o3UgM3()).isGreaterThan(50);
        assertThat(street.no2UgM3()).isGreaterThan(clean.no2UgM3());
    }

    @Test
    void theSumOfBothAsMoleculesStays() {
        for (double sun : new double[] {0, 0.3, 0.8}) {
            Ozone ozone = Ozone.balance(120, 70, sun);
            double oxidantPpb = ozone.no2UgM3() / 1.9125 + ozone.o3UgM3() / 1.995;
            assertThat(oxidantPpb).isCloseTo(70 / 1.995 + 0.2 * 120 / 1.9125, within(1e-9));
        }
    }

    @Test
    void sunlightSplitsNitrogenDioxide() {
        assertThat(Ozone.balance(120, 70, 0.8).no2UgM3())
                .isLessThan(Ozone.balance(120, 70, 0).no2UgM3());
    }
}
