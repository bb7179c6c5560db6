package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.citystream.dashboard.SampleCity;
import org.citystream.dashboard.TestDashboard;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.HostileNames;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that are scripts, as names and ids of everything that has one, through the real page: none of them runs. */
class HostileNamesTest {
    /** Elements and attributes that only markup out of a name can have brought in; the page itself uses none of them. */
    private static final String MARKUP = "iframe, object, embed, video, audio, math, base, form[action], template img,"
            + " body script, body style, body link, body meta, a[href^='javascript:'], [onerror], [onload], [onclick],"
            + " [onfocus], [ontoggle], [onbegin], [onmouseover], img[src=x]";

    private static final String FOUND =
            "() => [...document.querySelectorAll(\"" + MARKUP + "\")].map(element => element.outerHTML)";
    /** As the browser's back button does, so that the page need not load anew. */
    private static final String GO =
            "address => { history.pushState(null, '', address); dispatchEvent(new PopStateEvent('popstate')); }";

    private static final String RUN = "() => window.scriptsRun";
    private static final String COUNTER = "() => { window.scriptsRun = 0; window.ran = () => { window.scriptsRun++; };"
            + " window.alert = window.ran; }";
    private static final List<String> NAMES = HostileNames.all();
    private static final int SHOWN_ALONE = 15;
    private static final List<String> KINDS = List.of("segment", "station", "corridor", "alert", "sensor");

    @RegisterExtension
    static final CityOnAScreen city = new CityOnAScreen();

    @BeforeAll
    static void start() throws Exception {
        assertThat(NAMES).hasSizeGreaterThanOrEqualTo(500).doesNotHaveDuplicates();
        for (int i = 0; i < NAMES.size(); i++) {
            tell(NAMES.get(i), i);
        }
    }

    @Test
    void noneOfThemRuns() {
        try (OpenPage open = new OpenPage(city.chromium(), city.url(), ColorScheme.LIGHT, 1440, 900)) {
            Page page = open.page();
            page.evaluate(COUNTER);
            page.waitForFunction("document.querySelector('#panel').textContent.includes('onerror=ran()')");
            assertHarmless(page, "all of them, side by side");
            open.screenshot("hostile-names");

            assertThat(open.complaints()).as("nothing was even tried").isEmpty();
        }
    }

    @Test
    void noneRunsWhereItIsShownAlone() {
        try (OpenPage open = new OpenPage(city.chromium(), city.url(), ColorScheme.DARK, 1440, 900)) {
            Page page = open.page();
            page.evaluate(COUNTER);
            for (int i = 0; i < SHOWN_ALONE; i++) {
                String name = NAMES.get(i);
                String kind = KINDS.get(i % KINDS.size());
                String id = switch (kind) {
                    case "alert" -> "al-hostile-" + i;
                    case "sensor" -> "hostile-" + i;
                    default -> TestDashboard.encoded(name);
                };
                page.evaluate(GO, "/?" + kind + "=" + id);
                page.waitForFunction("name => document.querySelector('#panel h1')?.textContent.includes(name)", name);
                assertHarmless(page, kind + " " + name);
            }
            for (String view : List.of("alerts", "sensors")) {
                page.evaluate(GO, "/?view=" + view);
                page.waitForFunction("() => document.querySelector('#panel').textContent.includes('onerror=ran()')");
                assertHarmless(page, view);
            }
            assertThat(open.complaints()).as("nothing was even tried").isEmpty();
        }
    }

    @Test
    void aPageThatTookNamesForMarkupWouldBeFound() {
        try (OpenPage open = new OpenPage(city.chromium(), city.url(), ColorScheme.LIGHT, 1440, 900)) {
            Page page = open.page();
            page.evaluate(COUNTER);
            page.evaluate("name => document.body.insertAdjacentHTML('beforeend', name)", "<img src=x onerror=ran()>");
            assertThatThrownBy(() -> assertHarmless(page, "markup"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("<img");
            assertThat(page.evaluate(RUN))
                    .as("the policy has stopped it all the same")
                    .isEqualTo(0);
        }
    }

    private static void assertHarmless(Page page, String what) {
        assertThat((List<?>) page.evaluate(FOUND)).as(what).isEmpty();
        assertThat(page.evaluate(RUN)).as(what).isEqualTo(0);
    }

    /** A road and a station of that name and id, a corridor, trouble of a sensor, and an alert. */
    private static void tell(String name, int number) {
        String id = "hostile-" + number;
        produce(
                Topics.SENSORS,
                id + "@1",
                SampleCity.sensors().get(number % 60),
                node -> node.put("sensorId", id)
                        .put("name", name)
                        .put("roadSegmentId", name)
                        .put("corridorId", name));
        produce(
                Topics.SENSORS,
                id + "-air@1",
                SampleCity.sensors().get(70),
                node -> node.put("sensorId", id + "-air").put("name", name).put("stationId", name));
        produce(
                Topics.SUMMARIES_TRAFFIC,
                name,
                SampleCity.traffic(SampleCity.ACCIDENT_SEGMENT, SampleCity.NOW),
                node -> node.put("roadSegmentId", name).put("corridorId", name));
        produce(
                Topics.SUMMARIES_AIR,
                name,
                SampleCity.air(SampleCity.NOW.minusSeconds(1920)).get(0),
                node -> node.put("stationId", name));
        produce(
                Topics.SENSOR_HEALTH,
                id,
                SampleCity.health().get(0),
                node -> node.put("sensorId", id).put("reason", name));
        if (number < 100) {
            city.happens(alert(name, number));
        }
    }

    private static CityEvent alert(String name, int number) {
        ObjectNode event = JsonCodec.internal().valueToTree(SampleCity.events().get(0));
        event.put("eventId", "hostile-" + number).put("episodeId", "hostile-" + number);
        event.put("summary", name).put("reason", name);
        event.withObject("/subject").put("id", name).put("name", name);
        return JsonCodec.internal().convertValue(event, CityEvent.class);
    }

    private interface Change {
        void of(ObjectNode node);
    }

    private static void produce(Topic topic, String key, Object like, Change change) {
        ObjectNode node = JsonCodec.internal().valueToTree(like);
        change.of(node);
        city.kafka().produce(topic.name(), key, JsonCodec.write(node));
    }
}
