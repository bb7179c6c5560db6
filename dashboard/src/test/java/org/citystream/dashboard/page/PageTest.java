package org.citystream.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.Instant;
import java.util.regex.Pattern;
import org.citystream.dashboard.SampleCity;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator does with the page, in a real browser. Screenshots are kept in {@code target/screenshots}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageTest {
    private static final int MEGABYTE = 1_000_000;
    private static final String ALERT = "al-" + SampleCity.EPISODE;

    @RegisterExtension
    static final CityOnAScreen city = new CityOnAScreen();

    @Test
    void theCityAtAGlance() {
        try (OpenPage open = desktop("/", ColorScheme.DARK)) {
            assertThat(open.page().locator(".clock-source")).hasText("Simulated");
            assertThat(open.page().locator(".clock-time")).hasText(Pattern.compile("08:3\\d:\\d\\d"));
            assertThat(open.page().locator(".connection")).hasText("Connected");
            assertThat(open.panel(".alert-row")).hasCount(7);
            assertThat(open.panel(".alert-row").first()).containsText("Severe congestion on Ring road west");
            assertThat(open.panel(".corridor")).hasCount(3);
            assertThat(open.panel(".station-row")).hasCount(12);
            assertThat(open.page().locator("[data-alert=" + ALERT + "]")).hasCount(1);
            open.screenshot("overview-dark");
            assertThat(open.complaints()).isEmpty();
            assertThat(open.loadedBytes()).isLessThan(MEGABYTE);
        }
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            open.screenshot("overview-light");
        }
    }

    @Test
    void theLegendShowsTheTablesThatTheIndicesAreComputedFrom() {
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            assertThat(open.page().locator(".swatch-level")).hasCount(6);
            open.page().locator(".legend-edges > summary").click();
            Locator tables = open.page().locator(".legend-edges table");
            assertThat(tables.nth(0).locator("thead th"))
                    .hasText(new String[] {"", "PM2.5", "PM10", "NO2", "O3", "SO2"});
            assertThat(tables.nth(0).locator("tbody tr").nth(3))
                    .hasText(Pattern.compile("Poor\\s*90\\s*195\\s*100\\s*160\\s*190"));
            assertThat(tables.nth(1).locator("tbody tr").nth(5))
                    .containsText("Hazardous (301\u2013500)225.5\u2013325.4");
            open.screenshot("legend-light");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void theLegendNamesTheSourceAndTheAveragingTimeOfEveryTable() {
        try (OpenPage open = desktop("/", ColorScheme.DARK)) {
            open.page().locator(".legend-edges > summary").click();
            Locator tables = open.page().locator(".legend-edges table");
            assertThat(tables.nth(0).locator("caption")).containsText("hourly mean");
            assertThat(tables.nth(1).locator("thead th")).hasText(new String[] {
                "",
                "PM2.5 24 h, µg/m³",
                "PM10 24 h, µg/m³",
                "O3 8 h, ppm",
                "O3 1 h, ppm",
                "CO 8 h, ppm",
                "SO2 1 h, ppb",
                "SO2 24 h, ppb",
                "NO2 1 h, ppb"
            });
            Locator notes = open.page().locator(".legend-source");
            assertThat(notes)
                    .containsText(new String[] {"ETC HE Report 2024/17", "NowCast over 12 h", "EPA-454/B-24-002"});
            assertThat(notes.first()).containsText("hourly values");
            assertThat(notes.last()).containsText("40 CFR 58 Appendix G");
            open.screenshot("legend-dark");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void aClickOnARoadShowsItsCharts() {
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            open.clickMapUnder(open.page().locator("[data-alert^=al-ep-ring]").first());

            assertThat(open.panel("h1")).hasText(Pattern.compile("Ring road west, km \\d\\.\\d"));
            assertThat(open.page()).hasURL(Pattern.compile("\\?segment=lind-ring-\\d\\d$"));
            assertThat(open.chartReading("speed_kmh")).matches("\\d+");
            assertThat(open.panel("figure[data-chart=speed_kmh]")).hasAttribute("data-limits", "1");
            assertThat(open.panel("figure[data-chart=speed_kmh]")).hasAttribute("data-spans", "1");
            assertThat(open.chartReading("flow_veh_h")).isNotEmpty();
            assertThat(open.chartReading("occupancy")).isNotEmpty();
            open.screenshot("road-light");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void theSameHoursOfTheWeeksBeforeAreShaded() {
        try (OpenPage open = desktop("/?segment=" + SampleCity.ACCIDENT_SEGMENT, ColorScheme.LIGHT)) {
            assertThat(open.panel("figure[data-chart=speed_kmh] .usual"))
                    .hasText(Pattern.compile("\\(usual \\d+(\\.\\d)?\u2013\\d+(\\.\\d)?\\)"));
            assertThat(open.panel("figure[data-chart=occupancy] .usual")).hasCount(0);
            open.screenshot("road-usual-light");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void anAlertShowsItsPlaceAndItsEvidence() {
        try (OpenPage open = desktop("/", ColorScheme.DARK)) {
            open.panel(".alert-row[data-id=" + ALERT + "]").click();

            assertThat(open.panel("h1")).hasText("Severe congestion on Ring road west, km 5.8");
            assertThat(open.panel(".facts").first()).containsText("speed ratio below 0.5, for 3 min");
            assertThat(open.page()).hasURL(Pattern.compile("\\?alert=" + ALERT + "$"));
            open.chartReading("speed_kmh");
            open.screenshot("alert-dark");

            open.page().goBack();
            assertThat(open.panel(".alert-row")).hasCount(7);
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void theLinkOfAWebhookOpensTheAlert() {
        try (OpenPage open = desktop("/?alert=" + ALERT, ColorScheme.LIGHT)) {
            assertThat(open.panel("h1")).hasText("Severe congestion on Ring road west, km 5.8");
            open.chartReading("speed_kmh");
            open.screenshot("alert-light");
        }
        try (OpenPage open = desktop("/?alert=al-long-gone", ColorScheme.LIGHT)) {
            assertThat(open.panel(".alert-head")).containsText("not known");
        }
    }

    @Test
    void aStationShowsIndicesAndPollutants() {
        try (OpenPage open = desktop("/?station=" + SampleCity.BUSY_STATION, ColorScheme.DARK)) {
            assertThat(open.panel(".indices")).containsText("Very poor");
            assertThat(open.panel(".indices")).containsText("US AQI");
            open.panel(".range button:has-text('48 h')").click();
            assertThat(open.chartReading("european_index")).isNotEmpty();
            assertThat(open.chartReading("no2")).matches("\\d+");
            assertThat(open.panel("figure[data-chart=pm10] .reading")).hasCount(4);
            assertThat(open.chartReading("co")).matches("0\\.\\d\\d");
            assertThat(open.panel("figure[data-chart=so2]")).isHidden();
            open.screenshot("station-dark");
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void aSilentRoadSaysSo() {
        try (OpenPage open = desktop("/?segment=" + SampleCity.SILENT_SEGMENT, ColorScheme.LIGHT)) {
            assertThat(open.panel(".chip")).hasText("No data");
            assertThat(open.panel(".subject-head")).containsText("silent");
            assertThat(open.panel(".subject-head")).containsText("No data since 08:01");
            open.screenshot("silent-light");
        }
    }

    @Test
    void itFitsAPhone() {
        try (OpenPage open = new OpenPage(city.chromium(), city.url(), ColorScheme.DARK, 390, 844)) {
            assertThat(open.page().locator(".clock-source")).isVisible();
            open.screenshot("phone-dark");
            open.panel(".cell[data-id=" + SampleCity.ACCIDENT_SEGMENT + "]").click();
            open.chartReading("occupancy");
            open.panel("figure[data-chart=occupancy]").scrollIntoViewIfNeeded();
            open.screenshot("phone-road-dark");
            Object width = open.page().evaluate("document.documentElement.scrollWidth");
            assertThat(width).as("nothing to scroll sideways").isEqualTo(390);
        }
    }

    @Test
    void newsArriveByThemselves() {
        try (OpenPage open = desktop("/?segment=lind-out-12", ColorScheme.LIGHT)) {
            assertThat(open.panel(".chip")).hasText(Pattern.compile("Free flow|Dense"));

            TrafficSummary jam = SampleCity.traffic("lind-in-15", SampleCity.NOW);
            city.kafka().produce(Topics.SUMMARIES_TRAFFIC, "lind-out-12", on("lind-out-12", jam));

            assertThat(open.panel(".chip")).hasText(Pattern.compile("Jammed|Congested"));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void whatHappenedWhileTheLineWasCutIsShown() throws Exception {
        int port = URI.create(city.url()).getPort();
        try (Line line = new Line(port);
                OpenPage open = desktop(
                        "http://127.0.0.1:" + line.port(),
                        "/?segment=" + SampleCity.SILENT_SEGMENT,
                        ColorScheme.DARK)) {
            assertThat(open.panel(".chip")).hasText("No data");
            line.cut();
            assertThat(open.page().locator(".connection"))
                    .hasText(Pattern.compile("Stale since .*"), new HasTextOptions().setTimeout(15_000));
            SensorHealth well = new SensorHealth(
                    "loop-" + SampleCity.SILENT_SEGMENT,
                    "traffic",
                    "lindholm",
                    "healthy",
                    1,
                    SampleCity.NOW,
                    SampleCity.NOW.plusSeconds(1),
                    "All is well.",
                    null);
            city.kafka().produce(Topics.SENSOR_HEALTH, well.sensorId(), well);
            city.kafka()
                    .produce(
                            Topics.SUMMARIES_TRAFFIC,
                            SampleCity.SILENT_SEGMENT,
                            SampleCity.traffic(SampleCity.SILENT_SEGMENT, SampleCity.NOW));
            line.mend();
            assertThat(open.page().locator(".connection"))
                    .hasText("Connected", new HasTextOptions().setTimeout(15_000));
            assertThat(open.panel(".chip")).hasText(Pattern.compile("Free flow|Dense"));
            assertThat(open.panel(".warning")).hasCount(0);
        }
    }

    /** A browser has six connections for a server, and each tab wants to hear the stream. */
    @Test
    void manyTabsOfOneBrowserAllShowTheCity() {
        try (BrowserContext browser = city.chromium().browser().newContext()) {
            for (int tab = 0; tab < 8; tab++) {
                Page page = browser.newPage();
                page.navigate(city.url());
                page.waitForSelector("html[data-ready]");
                page.waitForSelector("html[data-connection=live]");
                assertThat(page.locator("#panel .alert-row")).hasCount(7);
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aNewAlertAppearsAndANameIsNeverMarkup() {
        try (OpenPage open = desktop("/", ColorScheme.LIGHT)) {
            String hostile = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>";
            city.happens(alert(hostile));

            assertThat(open.panel(".alert-row")).hasCount(8);
            assertThat(open.panel(".alert-row").first()).containsText("<img src=x");
            open.panel(".alert-row").first().click();
            assertThat(open.panel("h1")).containsText("<script>");
            Locator markup = open.page().locator("#panel img, #panel script, #map img");
            assertThat(markup).hasCount(0);
            assertThat(open.page().evaluate("window.ran ?? null")).isNull();
            assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatIsNotNowDoesNotLookLikeNow() {
        try (OpenPage open = desktop("/", ColorScheme.DARK)) {
            city.ticking(false);
            assertThat(open.page().locator(".connection"))
                    .hasText(Pattern.compile("Stale since 08:\\d\\d:\\d\\d"), new HasTextOptions().setTimeout(15_000));
            open.screenshot("stale-dark");

            city.ticking(true);
            assertThat(open.page().locator(".connection")).hasText("Connected");
        }
    }

    private static OpenPage desktop(String path, ColorScheme scheme) {
        return desktop(city.url(), path, scheme);
    }

    private static OpenPage desktop(String server, String path, ColorScheme scheme) {
        return new OpenPage(city.chromium(), server + path, scheme, 1440, 900);
    }

    private static CityEvent alert(String name) {
        CityEvent e = SampleCity.events().get(0);
        Subject subject = new Subject(SubjectType.ROAD_SEGMENT, "lind-out-15", name);
        Instant at = SampleCity.NOW;
        return new CityEvent(
                "ev-new",
                "ep-new",
                1,
                e.kind(),
                e.transition(),
                Severity.SEVERE,
                e.cityId(),
                subject,
                at,
                at,
                null,
                null,
                null,
                e.reason(),
                e.rule(),
                e.labels(),
                name,
                null,
                e.evidence());
    }

    /** One road's summary as if it were another's. */
    private static TrafficSummary on(String segmentId, TrafficSummary s) {
        return new TrafficSummary(
                segmentId,
                "lind-out",
                s.cityId(),
                s.windowStart(),
                s.windowEnd(),
                s.revision(),
                s.isFinal(),
                s.readingCount(),
                s.vehicleFlowPerHour(),
                s.spaceMeanSpeedKmh(),
                s.occupancy(),
                s.densityVehKmLane(),
                s.freeFlowSpeedKmh(),
                s.baseline(),
                s.speedRatio(),
                s.travelTimeIndex(),
                s.planningTimeIndex(),
                s.congestionLevelPercent(),
                s.vehicleDelayVehH(),
                s.typicalSpeedKmh(),
                s.levelOfService(),
                s.completeness(),
                s.trust(),
                s.sensors(),
                s.excluded());
    }
}
