package org.citystream.dashboard.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The page's own modules, run in a browser on a city that a test makes up: no Kafka, no store, no clock but the test's. Each test
 * has a page of its own.
 */
final class Module implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    /** Makes registry entries, summaries and health, all of one city; eight o'clock is when things happen. */
    private static final String CITY = """
            const { City } = await import('/live/city.js');
            const at = (time) => new Date(`2026-11-23T${time}:00Z`).toISOString();
            const line = [[11.90, 57.70], [11.91, 57.70]];
            const sensor = (id, more = {}, geometry = { type: 'LineString', coordinates: line }) => ({
              geometry,
              properties: { sensorId: id, kind: 'traffic', cityId: 'test', name: id, roadSegmentId: id, corridorId: 'road',
                corridorPositionM: 0, lengthM: 500, freeFlowSpeedKmh: 60, expectedIntervalSeconds: 60, ...more } });
            const minute = (id, end, more = {}) => ({ roadSegmentId: id, windowStart: new Date(Date.parse(end) - 60000).toISOString(),
              windowEnd: end, spaceMeanSpeedKmh: 57, freeFlowSpeedKmh: 60, speedRatio: 0.95, vehicleFlowPerHour: 900, occupancy: 0.1,
              completeness: 1, ...more });
            const health = (sensorId, state, time, trust = state === 'healthy' ? 1 : 0.4) =>
              ({ sensorId, kind: 'traffic', state, trust, since: time, at: time, reason: 'because' });
            const clock = (now, more = {}) => ({ now, speed: 1, source: 'simulated', ...more });
            const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const answer = (body, status = 200) => new Response(JSON.stringify(body), { status });
            """;

    private @Nullable BarePage bare;
    private @Nullable Page page;

    @Override
    public void beforeAll(ExtensionContext context) {
        bare = new BarePage(null, null);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        page = Objects.requireNonNull(bare).open("/sign-in.html", ColorScheme.LIGHT, 900, 600);
    }

    /** Runs the body of an asynchronous function, which may await and return something. */
    Object run(String body) {
        return page().evaluate("async () => {" + CITY + body + "}");
    }

    Page page() {
        return Objects.requireNonNull(page);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        page().context().close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Objects.requireNonNull(bare).close();
    }
}
