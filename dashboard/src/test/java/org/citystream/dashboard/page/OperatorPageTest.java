package org.citystream.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.citystream.dashboard.FakeAlerting;
import org.citystream.dashboard.SampleCity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does about alerts, the pages beside the map, and whether everybody can use all of it. */
class OperatorPageTest {
    private static final String ALERT = "/?alert=al-" + SampleCity.EPISODE;
    private static final String LAST_WEEK = "168";

    @RegisterExtension
    static final CityOnAScreen city = new CityOnAScreen();

    @Test
    void anOperatorAcknowledgesCommentsAndSilencesWithTheirToken() {
        try (OpenPage open = desktop(ALERT, ColorScheme.LIGHT)) {
            open.panel(".actions summary").click();
            enterToken(open, FakeAlerting.TOKEN);
            open.panel(".actions .field").fill("ambulance on its way");
            open.panel("button:has-text('Acknowledge')").click();
            assertThat(open.panel(".history")).containsText("ambulance on its way");
            assertThat(open.panel(".alert-head")).containsText("acknowledged by operator");

            open.panel(".actions .field").fill("left lane is free");
            open.panel(".actions button:text-is('Comment')").click();
            assertThat(open.panel(".history")).containsText("left lane is free");

            open.panel("button:has-text('Silence for')").click();
            assertThat(open.panel(".actions .warning")).containsText("Silenced");
            open.screenshot("alert-operator-light");
            assertThat(open.panel("section:has(h2:text-is('Deliveries')) tbody tr"))
                    .hasCount(1);

            open.page().locator(".nav-link[data-page=alerts]").click();
            assertThat(open.panel(".silences li")).containsText("subject=\"" + SampleCity.ACCIDENT_SEGMENT + "\"");
            open.panel(".silences button").click();
            assertThat(open.panel(".silences li")).hasCount(0);
            assertThat(open.page().evaluate("Object.keys(localStorage).length")).isEqualTo(0);
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void allOfItCanBeDoneWithoutAPointer() {
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            Page page = open.page();
            assertThat(page).hasTitle("CityStream");
            page.keyboard().press("Tab");
            assertThat(page.locator("#skip")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#panel")).isFocused();
            tabTo(page, ".alert-row[data-id=al-ep-ring-13]");
            page.keyboard().press("Enter");
            assertThat(open.panel("h1")).hasText("Severe congestion on Ring road west, km 5.4");
            assertThat(page).hasTitle("Severe congestion on Ring road west, km 5.4 \u00b7 CityStream");
            assertThat(page.locator("#panel")).isFocused();
            tabTo(page, ".actions summary");
            page.keyboard().press("Enter");
            tabTo(page, ".token-form .field");
            page.keyboard().type(FakeAlerting.TOKEN);
            page.keyboard().press("Enter");
            assertThat(open.panel(".actions input[maxlength]")).isFocused();
            page.keyboard().type("seen");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(open.panel(".history")).containsText("seen");
            open.chartReading("speed_kmh");
            tabTo(page, "figure[data-chart=speed_kmh] .plot");
            page.keyboard().press("Home");
            Locator elsewhere = open.panel("figure[data-chart=flow_veh_h] time");
            assertThat(elsewhere).hasText(Pattern.compile("05:3[3-5]"));
            String first = elsewhere.textContent();
            page.keyboard().press("ArrowRight");
            assertThat(elsewhere).not().hasText(first);
            page.keyboard().press("+");
            assertThat(open.panel("button:text-is('Whole time')")).isVisible();
            page.keyboard().press("Escape");
            assertThat(open.panel("button:text-is('Whole time')")).isHidden();
            assertThat(open.complaints()).isEmpty();
            assertThat(Accessibility.seriousProblems(page)).isEmpty();
        }
    }

    /** A road of fifty segments is one stop on the way. */
    @Test
    void withinAStripTheArrowKeysMove() {
        try (OpenPage open = desktop("/", ColorScheme.DARK)) {
            assertThat(open.panel(".cell[tabindex='0']")).hasCount(3);
            open.panel(".cell[data-id=lind-in-01]").focus();
            open.page().keyboard().press("ArrowRight");
            assertThat(open.panel(".cell[data-id=lind-in-02]")).isFocused();
            open.page().keyboard().press("End");
            open.page().keyboard().press("Enter");
            assertThat(open.page()).hasURL(Pattern.compile("\\?segment=lind-in-20$"));
        }
    }

    private static void tabTo(Page page, String selector) {
        for (int stop = 0; stop < 60; stop++) {
            page.keyboard().press("Tab");
            if (page.locator(selector + ":focus").count() == 1) {
                return;
            }
        }
        throw new AssertionError("the tab key does not reach " + selector);
    }

    @Test
    void aTokenThatIsNotKnownIsForgottenAndTheReasonShown() {
        try (OpenPage open = desktop(ALERT, ColorScheme.DARK)) {
            open.panel(".actions summary").click();
            enterToken(open, "guessed");
            open.panel(".actions .field").fill("let me in");
            open.panel(".actions button:text-is('Comment')").click();

            assertThat(open.panel(".actions .token-form")).isAttached();
            assertThat(open.page().evaluate("sessionStorage.length")).isEqualTo(0);
        }
    }

    @Test
    void alertsAreFilteredAndLieOnATimeline() {
        try (OpenPage open = desktop("/?view=alerts", ColorScheme.DARK)) {
            Locator rows = open.panel(".alert-row");
            assertThat(rows).hasCount(8);
            open.panel(".filters select").nth(0).selectOption("resolved");
            assertThat(rows).hasCount(1);
            assertThat(open.panel(".timeline-bar")).hasCount(1);
            open.panel(".filters select").nth(0).selectOption("");
            open.panel(".filters select").nth(3).selectOption(LAST_WEEK);
            open.panel(".filters .field").fill("mill");
            assertThat(rows).hasCount(1);
            assertThat(rows).containsText("Mill Gate");
            open.panel(".filters .field").fill("");
            assertThat(rows).hasCount(8);
            open.screenshot("alerts-dark");

            open.panel(".timeline-bar").last().click();
            assertThat(open.page()).hasURL(Pattern.compile("\\?alert="));
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void aSensorHasAPageWithItsTrustReasonsAndGaps() {
        try (OpenPage open = desktop("/?view=sensors", ColorScheme.LIGHT)) {
            assertThat(open.panel(".sensors tbody tr")).hasCount(79);
            open.panel(".filters select").selectOption("silent");
            assertThat(open.panel(".sensors tbody tr")).hasCount(1);
            open.screenshot("sensors-light");
            open.panel(".sensors .subject-link").click();

            assertThat(open.page()).hasURL(Pattern.compile("\\?sensor=loop-" + SampleCity.SILENT_SEGMENT + "$"));
            assertThat(open.panel(".subject-head")).containsText("No reading for 31 minutes");
            assertThat(open.panel(".subject-head")).containsText("trust 40");
            assertThat(open.panel(".gaps li").first()).containsText("08:0");
            open.screenshot("sensor-light");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void theSystemPageSaysWhoDoesNotAnswer() {
        try (OpenPage open = desktop("/?view=system", ColorScheme.DARK)) {
            assertThat(open.panel("section:has(h2:text-is('Alerting'))")).containsText("Does not answer");
            assertThat(open.panel("section:has(h2:text-is('Dashboard'))")).containsText("city.events.v1");
            open.screenshot("system-dark");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                ALERT,
                "/?segment=" + SampleCity.ACCIDENT_SEGMENT,
                "/?station=" + SampleCity.BUSY_STATION,
                "/?corridor=lind-ring",
                "/?view=alerts",
                "/?view=sensors",
                "/?view=system",
                "/?sensor=" + SampleCity.STUCK_STATION,
                "/?at=2026-11-23T07:10:00Z"
            })
    void nobodyIsKeptOutAndEverythingFitsAPhone(String path) {
        try (OpenPage open = new OpenPage(city.chromium(), city.url() + path, ColorScheme.LIGHT, 390, 844)) {
            open.panel("h1, h2").first().waitFor();
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                open.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String theme = scheme.name().toLowerCase(Locale.ROOT);
                assertThat(open.page().locator("html")).hasAttribute("data-theme", theme);
                Object width = open.page().evaluate("document.documentElement.scrollWidth");
                assertThat(width).as("nothing to scroll sideways").isEqualTo(390);
                open.screenshot("phone" + path.replaceAll("[^a-z]+", "-") + theme);
                assertThat(Accessibility.seriousProblems(open.page())).isEmpty();
            }
        }
    }

    @Test
    void thePaletteForColourBlindEyesIsKept() {
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            String before = colour(open);
            open.page().locator(".settings > summary").click();
            open.page().locator(".settings select").nth(1).selectOption("safe");
            assertThat(colour(open)).isNotEqualTo(before);
            open.page().locator(".settings select").nth(0).selectOption("dark");
            assertThat(open.page().locator("html")).hasAttribute("data-theme", "dark");
            open.screenshot("palette-safe-dark");
            open.page().reload();
            assertThat(open.page().locator("html")).hasAttribute("data-palette", "safe");
            open.panel(".corridor").first().waitFor();
            assertThat(open.complaints()).isEmpty();
            assertThat(Accessibility.seriousProblems(open.page())).isEmpty();
        }
    }

    private static String colour(OpenPage open) {
        return String.valueOf(
                open.page().evaluate("getComputedStyle(document.documentElement).getPropertyValue('--road-free')"));
    }

    private static void enterToken(OpenPage open, String token) {
        open.panel(".token-form .field").fill(token);
        open.panel(".token-form button").click();
    }

    private static OpenPage desktop(String path, ColorScheme scheme) {
        return new OpenPage(city.chromium(), city.url() + path, scheme, 1440, 900);
    }
}
