package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the map draws, told by the colours of its pixels. */
class MapModuleTest {
    /** The six colours of the European Environment Agency's index, best first. */
    private static final List<String> OFFICIAL =
            List.of("#50f0e6", "#50ccaa", "#f0e641", "#ff5050", "#960032", "#7d2181");

    /** A road for each state below the other, and a station for each level; then the colours in their middle. */
    private static final String DRAW = """
            const { takeEuropeanTable, themed } = await import('/map/bands.js');
            const { table } = await import('/live/tables.js');
            const { CityMap } = await import('/map/citymap.js');
            takeEuropeanTable((await table('european-index-2024')).rows);
            document.documentElement.dataset.theme = '%s';
            document.body.replaceChildren();
            const box = document.createElement('div');
            box.id = 'map';
            box.style.setProperty('position', 'fixed');
            box.style.setProperty('inset', '0');
            document.body.append(box);
            let leaflet;
            L.Map.addInitHook(function () { leaflet = this; });
            const city = new City();
            const map = new CityMap(box, city, () => {});
            const states = {
              free: minute('free', at('08:00')),
              jammed: minute('jammed', at('08:00'), { speedRatio: 0.1, spaceMeanSpeedKmh: 6 }),
              standing: minute('standing', at('08:00'), { speedRatio: null, spaceMeanSpeedKmh: null, occupancy: 0.9, vehicleFlowPerHour: 0 }),
              empty: minute('empty', at('08:00'), { speedRatio: null, spaceMeanSpeedKmh: null, occupancy: 0, vehicleFlowPerHour: 0 }),
              stale: minute('stale', at('07:50')),
              never: null,
              silent: minute('silent', at('08:00')),
              untrusted: minute('untrusted', at('08:00')),
              alerted: minute('alerted', at('08:00')),
            };
            const place = (i) => [[11.90, 57.70 - i * 0.001], [11.91, 57.70 - i * 0.001]];
            const troubled = { silent: 'silent', untrusted: 'stuck' };
            const roads = Object.entries(states).map(([id, latest], i) => sensor(id, {
              corridorId: null, latest, health: troubled[id] ? health(id, troubled[id], at('07:55')) : undefined },
              { type: 'LineString', coordinates: place(i) }));
            const hour = (level) => ({ stationId: `s${level}`, windowStart: at('07:00'), windowEnd: at('08:00'), europeanIndex: level });
            const stations = [1, 2, 3, 4, 5, 6].map((level) => sensor(`s${level}`, { kind: 'air', stationId: `s${level}`, roadSegmentId: null,
              corridorId: null, latest: hour(level) }, { type: 'Point', coordinates: [11.899 + level * 0.0018, 57.7012] }));
            city.takeSensors({ features: [...roads, ...stations] });
            city.takeClock(clock(at('08:01')));
            city.takeAlerts([{ alertId: 'al-1', severity: 'severe', state: 'firing', startedAt: at('07:58'), subject: { type: 'road-segment', id: 'alerted' } }], 'service');
            for (let i = 0; i < 5; i++) await frame();
            const canvas = [...box.querySelectorAll('.leaflet-overlay-pane canvas')][0];
            const pen = canvas.getContext('2d');
            const ratio = canvas.width / canvas.clientWidth;
            const hex = (red, green, blue) => '#' + [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
            // Every colour in a box around a place on the screen, and how much of the box it fills.
            const colours = ([lng, lat], halfWidth, halfHeight, above = 0) => {
              const point = leaflet.latLngToContainerPoint([lat, lng]);
              const frame = canvas.getBoundingClientRect();
              const x = Math.round((point.x - frame.left - halfWidth) * ratio);
              const y = Math.round((point.y - frame.top + above - halfHeight) * ratio);
              const width = Math.round(2 * halfWidth * ratio);
              const height = Math.round(2 * halfHeight * ratio);
              const { data } = pen.getImageData(x, y, width, height);
              const counts = {};
              for (let i = 0; i < data.length; i += 4) {
                const colour = data[i + 3] === 255 ? hex(data[i], data[i + 1], data[i + 2]) : data[i + 3] > 0 ? 'through' : 'nothing';
                counts[colour] = (counts[colour] ?? 0) + 4 / data.length;
              }
              return counts;
            };
            const shares = Object.fromEntries(Object.keys(states).map((id, i) => {
              const counts = colours([11.9035, place(i)[0][1]], 14, 1);
              return [id, { free: counts[themed('--road-free')] ?? 0, jammed: counts[themed('--road-jammed')] ?? 0,
                none: counts[themed('--road-none')] ?? 0, empty: counts[themed('--road-empty')] ?? 0,
                glow: colours([11.9035, place(i)[0][1]], 14, 0.5, -7).through ?? 0 }];
            }));
            const levels = [1, 2, 3, 4, 5, 6].map((level) => {
              const counts = colours([11.899 + level * 0.0018, 57.7012], 7, 7);
              return Object.entries(counts).sort((a, b) => b[1] - a[1])[0][0];
            });
            """;

    @RegisterExtension
    static final Module module = new Module();

    /**
     * How far apart the nearest two colours of a scale are to people with each kind of colour blindness: CIE 1976 difference
     * after the matrices of Machado, Oliveira and Fernandes (2009) for complete deficiency.
     */
    private static final String DISTANCE = """
            const { themed } = await import('/map/bands.js');
            const kinds = {
              none: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
              protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
              deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
              tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
            };
            const linear = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            const lab = (matrix, hex) => {
              const rgb = linear(hex);
              const [r, g, b] = matrix.map((row) => Math.max(0, Math.min(1, row.reduce((sum, k, i) => sum + k * rgb[i], 0))));
              const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883]
                .map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
              return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
            };
            document.documentElement.dataset.palette = 'safe';
            document.documentElement.dataset.theme = '%s';
            const names = ['%s'].join().split(',');
            const colours = names.map(themed);
            const nearest = (matrix) => Math.min(...colours.flatMap((a, i) => colours.slice(i + 1).map((b) =>
              Math.hypot(...lab(matrix, a).map((part, k) => part - lab(matrix, b)[k])))));
            return Object.values(kinds).map(nearest);
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "light | --road-free,--road-dense,--road-slow,--road-congested,--road-jammed",
                "dark | --road-free,--road-dense,--road-slow,--road-congested,--road-jammed",
                "light | --european-1,--european-2,--european-3,--european-4,--european-5,--european-6",
                "light | --severity-moderate,--severity-severe,--severity-extreme",
                "dark | --severity-moderate,--severity-severe,--severity-extreme"
            })
    void theSafePaletteIsToldApartWithAnyColourBlindness(String theme, String names) {
        List<?> distances = (List<?>) module.run(DISTANCE.formatted(theme, names));

        assertThat(distances)
                .hasSize(4)
                .allSatisfy(distance ->
                        assertThat(((Number) distance).doubleValue()).isGreaterThan(15));
    }

    private static Object draw(String theme, String screenshot) {
        Page page = module.page();
        for (String style : List.of("/lib/leaflet.css", "/style/map.css")) {
            page.addStyleTag(new Page.AddStyleTagOptions().setUrl(style));
        }
        page.addScriptTag(new Page.AddScriptTagOptions().setUrl("/lib/leaflet.js"));
        Object drawn = module.run(DRAW.formatted(theme) + "return { shares, levels };");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", screenshot + ".png")));
        return drawn;
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyStateOfARoadLooksDifferent(String theme) {
        Map<?, ?> drawn = (Map<?, ?>) draw(theme, "map-states-" + theme);

        assertThat(drawn.get("levels")).as("the official colours").isEqualTo(OFFICIAL);
        assertThat(share(drawn, "free", "free")).isGreaterThan(0.95);
        assertThat(share(drawn, "jammed", "jammed")).isGreaterThan(0.95);
        assertThat(share(drawn, "standing", "jammed")).as("a standstill").isGreaterThan(0.95);
        assertThat(share(drawn, "empty", "empty")).as("no vehicles").isGreaterThan(0.95);
        for (String dark : List.of("stale", "never", "silent")) {
            assertThat(share(drawn, dark, "none")).as(dark + " is dotted").isBetween(0.15, 0.85);
            assertThat(share(drawn, dark, "free")).as(dark).isZero();
        }
        assertThat(share(drawn, "untrusted", "free")).as("untrusted is dashed").isBetween(0.4, 0.95);
        assertThat(share(drawn, "alerted", "glow")).as("an alert glows").isGreaterThan(0.9);
        assertThat(share(drawn, "free", "glow")).as("none does not").isZero();
    }

    private static double share(Map<?, ?> drawn, String road, String colour) {
        Map<?, ?> shares = (Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(drawn.get("shares"))).get(road);
        return ((Number) Objects.requireNonNull(Objects.requireNonNull(shares).get(colour))).doubleValue();
    }
}
