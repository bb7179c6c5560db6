package org.citystream.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.citystream.dashboard.SampleCity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Looking back: the time slider, and what is drawn over time. */
class PastPageTest {
    private static final String BEFORE_THE_ACCIDENT = "2026-11-23T07:10:00Z";

    @RegisterExtension
    static final CityOnAScreen city = new CityOnAScreen();

    @Test
    void theSliderShowsAnyMomentOfThePastAndSaysSo() {
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            Locator slider = open.page().locator(".time-slider");
            assertThat(open.panel(".alert-row")).hasCount(7);

            slider.focus();
            for (int minute = 0; minute < 25; minute++) {
                slider.press("ArrowLeft");
            }

            assertThat(open.page().locator(".time-label")).hasText(Pattern.compile("The past: 08:0\\d, 2\\d min ago"));
            assertThat(open.page().locator("html")).hasAttribute("data-moment", "past");
            assertThat(open.panel(".alert-row")).hasCount(2);
            assertThat(open.panel(".alert-row").first()).containsText("Mill Gate");
            assertThat(cell(open)).hasAttribute("title", Pattern.compile(": (7|8|9)\\d km/h"));
            assertThat(open.page().locator(".clock-time")).hasText(Pattern.compile("08:3\\d:\\d\\d"));
            open.screenshot("past-light");

            open.page().locator(".time-live").click();
            assertThat(open.page().locator("html")).hasAttribute("data-moment", "live");
            assertThat(open.panel(".alert-row")).hasCount(7);
            assertThat(cell(open)).hasAttribute("title", Pattern.compile(": (1|2)?\\d km/h"));
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void aDateHoweverLongAgoCanBeEntered() {
        try (OpenPage open = desktop("/?segment=" + SampleCity.ACCIDENT_SEGMENT, ColorScheme.LIGHT)) {
            Locator date = open.page().locator(".time-date");
            assertThat(date).hasValue(Pattern.compile("2026-11-23T08:3\\d"));
            date.fill("2026-11-22T10:15");
            assertThat(open.page().locator(".time-label")).hasText(Pattern.compile("The past: 22 Nov 10:15, 22 h .*"));
            assertThat(open.page()).hasURL(Pattern.compile("&at=2026-11-22T09:15:00Z$"));
            assertThat(open.panel(".chip")).hasText(Pattern.compile("Free flow|Dense"));
            date.fill("2019-07-01T10:15");
            assertThat(open.page().locator(".time-label"))
                    .hasText(Pattern.compile("The past: 1 Jul 2019 10:15, \\d{4} d .*"));
            assertThat(open.panel(".chip")).hasText("No data");
            open.screenshot("past-date-light");
            open.page().locator(".time-live").click();
            assertThat(open.page().locator("html")).hasAttribute("data-moment", "live");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void thePastPlaysAndCanBeSentAsALink() {
        try (OpenPage open = desktop("/?at=" + BEFORE_THE_ACCIDENT, ColorScheme.DARK)) {
            assertThat(open.page().locator(".time-label")).hasText(Pattern.compile("The past: 08:10, .*"));
            assertThat(cell(open)).hasAttribute("title", Pattern.compile(": (7|8|9)\\d km/h"));

            open.page().locator("#timebar .choice").first().selectOption("15");
            open.page().keyboard().press("Escape");
            open.page().locator("h2").first().click();
            open.page().keyboard().press(" ");

            assertThat(cell(open)).hasAttribute("title", Pattern.compile(": (1|2|3)?\\d km/h"));
            open.screenshot("past-dark");
            open.page().keyboard().press(" ");
            assertThat(open.page()).hasURL(Pattern.compile("\\?at=2026-11-23T07:[1-3]\\d:\\d\\dZ$"));
            open.page().keyboard().press("l");
            assertThat(open.page().locator("html")).hasAttribute("data-moment", "live");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void theLinkOfAnAlertThatIsOverOpensAtItsTime() {
        try (OpenPage open = desktop("/?alert=al-" + SampleCity.OVER, ColorScheme.LIGHT)) {
            assertThat(open.panel("h1")).containsText("North-west arterial, inbound");
            assertThat(open.panel(".state-resolved")).hasText("Resolved");
            assertThat(open.page().locator(".time-label")).hasText(Pattern.compile("The past: 07:43, .*"));
            assertThat(open.page().locator("[data-alert=al-" + SampleCity.OVER + "]"))
                    .hasCount(1);
            open.chartReading("speed_kmh");
            open.screenshot("alert-of-the-past-light");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void aCorridorIsDrawnOverSpaceAndTimeWithItsEpisodes() {
        try (OpenPage open = desktop("/", ColorScheme.DARK)) {
            open.panel(".corridor-link").getByText("Ring road west").click();

            assertThat(open.page()).hasURL(Pattern.compile("\\?corridor=lind-ring$"));
            Locator diagram = open.panel(".spacetime-canvas");
            assertThat(diagram).hasAttribute("aria-label", Pattern.compile("Speed on Ring road west.*5 episodes.*"));
            diagram.focus();
            diagram.press("ArrowLeft");
            assertThat(open.panel(".spacetime-readout"))
                    .hasText(Pattern.compile(".*Ring road west, km 0\\.2 .*km/h.*"));
            open.panel(".tool-wide").click();
            open.screenshot("corridor-dark");

            Path picture = open.download(open.panel("button:has-text('PNG')"));
            assertThat(picture).isNotEmptyFile();
            assertThat(open.download(open.panel("button:has-text('CSV')")))
                    .content()
                    .startsWith("time,segment,position_m,speed_kmh,speed_ratio")
                    .containsPattern(",lind-ring-14,5590,(1|2)\\d(\\.\\d)?,0\\.\\d+");

            diagram.press("ArrowLeft");
            diagram.press("Enter");
            assertThat(open.page().locator("html")).hasAttribute("data-moment", "past");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void chartsAreZoomedComparedAndSaved() {
        try (OpenPage open = desktop("/?segment=" + SampleCity.ACCIDENT_SEGMENT, ColorScheme.LIGHT)) {
            open.chartReading("completeness");
            open.panel(".compare").selectOption("lind-ring-02");
            assertThat(open.panel(".compare-chip")).containsText("Ring road west, km 0.6");

            // Drawn anew, with the other road's line.
            assertThat(open.panel("figure[data-chart=speed_kmh] .reading")).hasCount(2);
            BoundingBox chart =
                    open.panel("figure[data-chart=speed_kmh] .u-over").boundingBox();
            open.page().mouse().move(chart.x + chart.width * 0.75, chart.y + 20);
            open.page().mouse().down();
            open.page().mouse().move(chart.x + chart.width * 0.98, chart.y + 20, new Mouse.MoveOptions().setSteps(4));
            open.page().mouse().up();
            assertThat(open.panel("button:text-is('Whole time')")).isVisible();
            assertThat(open.panel("figure[data-chart=speed_kmh] .reading")).hasCount(2);
            open.screenshot("charts-compared-light");

            assertThat(open.download(open.panel("button:has-text('PNG')"))).isNotEmptyFile();
            assertThat(open.download(open.panel("button:has-text('CSV')")))
                    .content()
                    .startsWith("time," + SampleCity.ACCIDENT_SEGMENT + " speed_kmh km/h,")
                    .contains("lind-ring-02 speed_kmh km/h");
            open.panel("button:text-is('Whole time')").click();
            assertThat(open.panel("button:text-is('Whole time')")).isHidden();
            assertThat(open.complaints()).isEmpty();
        }
    }

    private static Locator cell(OpenPage open) {
        return open.panel(".cell[data-id=" + SampleCity.ACCIDENT_SEGMENT + "]");
    }

    private static OpenPage desktop(String path, ColorScheme scheme) {
        return new OpenPage(city.chromium(), city.url() + path, scheme, 1440, 900);
    }
}
