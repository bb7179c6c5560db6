package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How soon there is something to see. */
@EnabledIfSystemProperty(
        named = "proofs",
        matches = "true",
        disabledReason = "measures time, which a busy machine has none of; run it with -Dproofs=true")
class FirstPaintTest {
    @RegisterExtension
    static final CityOnAScreen city = new CityOnAScreen();

    @Test
    @SuppressWarnings("SystemOut")
    void theCityIsShownSoon() {
        // Once to warm the server, as people find it.
        look().close();
        try (OpenPage open = look()) {
            double shownMs = open.shownAfterMs();
            System.out.printf("city of 79 sensors shown after %.0f ms%n", shownMs);
            assertThat(shownMs).as("first meaningful paint, ms").isLessThanOrEqualTo(1_500);
        }
    }

    private static OpenPage look() {
        return new OpenPage(city.chromium(), city.url(), ColorScheme.LIGHT, 1440, 900);
    }
}
