package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page knows of the city, and what it says of it. */
class CityModuleTest {
    @RegisterExtension
    static final Module module = new Module();

    /** Traffic that stands gives no speed: the jobs call it a standstill, and so does the page. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ speedRatio: 0.95 } | free | 57 km/h",
                "{ speedRatio: 0, spaceMeanSpeedKmh: 0 } | jammed | 0 km/h",
                "{ speedRatio: null, spaceMeanSpeedKmh: null, vehicleFlowPerHour: 0, occupancy: 0.9 } | jammed | Jammed",
                "{ speedRatio: null, freeFlowSpeedKmh: null, spaceMeanSpeedKmh: 20, occupancy: 0.4 } | none | No data",
                "{ speedRatio: null, spaceMeanSpeedKmh: null, vehicleFlowPerHour: 0, occupancy: 0 } | empty | No vehicles",
                "{ speedRatio: null, spaceMeanSpeedKmh: null, vehicleFlowPerHour: null, occupancy: null } | none | No data"
            })
    void aRoadWithoutSpeedIsJammedOrEmptyOrNotKnown(String summary, String band, String words) {
        Object state = module.run("""
                const { segmentState } = await import('/map/segment-state.js');
                const city = new City();
                city.takeSensors({ features: [sensor('a', { latest: minute('a', at('08:00'), %s) })] });
                city.takeClock(clock(at('08:01')));
                const { band, words } = segmentState(city, city.segments.get('a'));
                return [band.key, words];
                """.formatted(summary));

        assertThat(state).isEqualTo(List.of(band, words));
    }

    @Test
    void withoutNewsARoadGoesStaleWhileTheClockGoesOn() {
        Object told = module.run("""
                let monotonic = 0;
                performance.now = () => monotonic;
                const city = new City();
                city.takeSensors({ features: [sensor('a', { latest: minute('a', at('08:00')) })] });
                await frame();
                const told = [];
                city.addEventListener('change', ({ detail }) => told.push([...detail].map((s) => city.isDark(s)).join()));
                for (const time of ['08:01', '08:02', '08:08', '08:09']) {
                  monotonic += 6000;
                  city.takeClock(clock(at(time)));
                  await frame();
                }
                return told;
                """);

        assertThat(told).as("once, when it grew old").isEqualTo(List.of("true"));
    }

    @Test
    void aCorridorThatNeverReportedHasNoTravelTime() {
        Object times = module.run("""
                const { Strip } = await import('/panel/strip.js');
                const city = new City();
                city.takeSensors({ features: [sensor('a'), sensor('b')] });
                city.takeClock(clock(at('08:01')));
                const strip = new Strip(city, document.createElement('b'), city.corridor('road'), { select() {} });
                const time = () => { strip.draw(); return strip.element.querySelector('small').textContent; };
                const never = time();
                city.takeSummary(minute('a', at('08:00')));
                const half = time();
                city.takeSummary(minute('b', at('08:00'), { spaceMeanSpeedKmh: null, speedRatio: null, occupancy: 0.8, vehicleFlowPerHour: 0 }));
                return [never, half, time()];
                """);

        assertThat(times).isEqualTo(List.of("", "", "11 min (+10)"));
    }

    @Test
    void aRoadIsDarkOnlyWhenAllItsSensorsAreSilent() {
        Object dark = module.run("""
                const city = new City();
                const lanes = ['a1', 'a2', 'a3'].map((id) => sensor(id, { roadSegmentId: 'a', latest: minute('a', at('08:00')) }));
                city.takeSensors({ features: lanes });
                city.takeClock(clock(at('08:01')));
                const segment = city.segments.get('a');
                return ['a1', 'a2', 'a3'].map((id) => {
                  city.takeHealth(health(id, 'silent', at('08:00')));
                  return `${city.isDark(segment)} ${city.trouble(segment).state}`;
                });
                """);

        assertThat(dark).isEqualTo(List.of("false silent", "false silent", "true silent"));
    }

    @Test
    void whatHappenedWhileNobodyListenedIsCaughtUpWith() {
        Object caughtUp = module.run("""
                const city = new City();
                const hour = (revision, level) => ({ stationId: 's', windowStart: at('07:00'), windowEnd: at('08:00'), revision, europeanIndex: level });
                const station = (more) => sensor('s', { kind: 'air', stationId: 's', roadSegmentId: null, ...more }, { type: 'Point', coordinates: line[0] });
                city.takeSensors({ features: [sensor('a', { health: health('a', 'silent', at('07:50')) }), station({ latest: hour(1, 2) })] });
                const level = () => city.stations.get('s').live.europeanIndex;
                const state = () => city.health.get('a').state;
                const before = [state(), level()];
                city.reopened();
                city.takeSensors({ features: [sensor('a', { health: health('a', 'healthy', at('07:58')) }), station({ latest: hour(2, 4) })] });
                const after = [state(), level()];
                // An answer that was on its way while the stream spoke is older than the stream's word.
                city.takeHealth(health('a', 'stuck', at('07:59')));
                city.takeSummary(hour(3, 5));
                city.takeSensors({ features: [sensor('a', { health: health('a', 'healthy', at('07:58')) }), station({ latest: hour(2, 4) })] });
                return [before, after, [state(), level()]];
                """);

        assertThat(caughtUp).isEqualTo(List.of(List.of("silent", 2), List.of("healthy", 4), List.of("stuck", 5)));
    }

    @Test
    void aSubjectStaysTheSameHoweverOftenTheRegistryIsRead() {
        Object same = module.run("""
                const city = new City();
                let layouts = 0;
                city.addEventListener('layout', () => layouts++);
                city.takeSensors({ features: [sensor('a')] });
                const first = city.segments.get('a');
                city.takeSensors({ features: [sensor('a', { latest: minute('a', at('08:00')), health: health('a', 'stuck', at('08:00')) })] });
                const unchanged = [layouts, first === city.segments.get('a'), first.live !== null];
                city.takeSensors({ features: [sensor('a', { name: 'renamed' }), sensor('b')] });
                const renamed = [layouts, first === city.segments.get('a'), first.name, first.sensors.length];
                // A server that has just started.
                city.takeSensors({ features: [] });
                const gone = city.segments.size;
                city.takeSensors({ features: [sensor('a')] });
                return [unchanged, renamed, [gone, first === city.segments.get('a'), first.name]];
                """);

        assertThat(same)
                .isEqualTo(List.of(List.of(1, true, true), List.of(2, true, "renamed", 1), List.of(0, true, "a")));
    }

    @Test
    void aSensorThatIsNotRegisteredDoesNotReloadTheRegistryForEver() {
        Object read = module.run("""
                let reads = 0;
                window.fetch = async () => { reads++; return answer({ features: [] }); };
                const waits = [];
                window.setTimeout = (work, wait) => { waits.push(wait); later = work; return 1; };
                let later = null;
                const { Registry } = await import('/live/registry.js');
                const registry = new Registry(new City());
                for (let minute = 0; minute < 10; minute++) {
                  for (let i = 0; i < 100; i++) registry.missing(`stranger-${i}`);
                  later();
                  await frame();
                  await frame();
                }
                return [reads, waits];
                """);

        assertThat(read)
                .isEqualTo(List.of(
                        10, List.of(2000, 4000, 8000, 16_000, 32_000, 64_000, 120_000, 120_000, 120_000, 120_000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Ring road west, km 0.2; Ring road west, km 0.6 | Ring road west",
                "Ring road west, km 1.1; Ring road west, km 1.2 | Ring road west",
                "Road 12, km 0.0; Road 12, km 0.25 | Road 12",
                "E 45 (km 3); E 45 (km 12) | E 45",
                "Road 12 north; Road 12 south | Road 12",
                "Segment 11; Segment 12 | Segment",
                "North Street; South Street | -",
                "17; 18 | -"
            })
    void aRoadKeepsItsNumberAndLosesItsKilometres(String names, String name) {
        Object common = module.run("""
                const { corridorName } = await import('/live/corridor-name.js');
                return corridorName('%s'.split('; '));
                """.formatted(names));

        assertThat(common).isEqualTo(name);
    }

    @Test
    void aLongNameIsReadInNoTime() {
        Object milliseconds = module.run("""
                const { corridorName } = await import('/live/corridor-name.js');
                const start = performance.now();
                corridorName([' ,.'.repeat(100000) + 'x', ' ,.'.repeat(100000) + 'km']);
                return performance.now() - start;
                """);

        assertThat(((Number) milliseconds).doubleValue()).isLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "wall, 1, Live",
        "wall, 2, Live 2\u00d7",
        "simulated, 1, Simulated",
        "simulated, 60, Simulated 60\u00d7",
        "replay, 1, Replay",
        "replay, 0.5, Replay 0.5\u00d7"
    })
    void theHeaderSaysWhoseTimeItIsAndHowFastItGoes(String source, String speed, String words) {
        Object header = module.run("""
                const { clock: header } = await import('/header/clock.js');
                const box = document.createElement('div');
                const city = new City();
                header(box, city);
                city.takeClock(clock(at('08:00'), { source: '%s', speed: %s }));
                const before = box.textContent;
                city.takeSensors({ features: [sensor('a', { timeZone: 'Asia/Kolkata' })] });
                const [source, time, date] = [...box.children].map(({ textContent }) => textContent);
                return [source, time, date, document.documentElement.dataset.clock];
                """.formatted(source, speed));

        assertThat(header)
                .as("in the city's zone as soon as it is known")
                .isEqualTo(List.of(words, "13:30:00", "Mon 23 Nov 2026 GMT+5:30", source));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:32:00.000Z, 2026-11-23T08:32",
        "2026-07-01T06:00:00.000Z, 2026-07-01T08:00",
        "2026-03-29T00:59:00.000Z, 2026-03-29T01:59",
        "2026-03-29T01:00:00.000Z, 2026-03-29T03:00",
        "2026-10-25T00:30:00.000Z, 2026-10-25T02:30",
        "2026-10-25T02:30:00.000Z, 2026-10-25T03:30"
    })
    void aDateFieldIsLocalToTheCity(String moment, String field) {
        Object there = module.run("""
                const { setTimeZone } = await import('/page/format.js');
                const { toLocal, fromLocal } = await import('/page/local-time.js');
                setTimeZone('Europe/Stockholm');
                return [toLocal(new Date('%s')), fromLocal('%s').toISOString(), fromLocal('')];
                """.formatted(moment, field));

        assertThat(there).isEqualTo(Arrays.asList(field, moment, null));
    }

    @Test
    void aSmallValueIsNotNothing() {
        Object words = module.run("""
                const { number } = await import('/page/format.js');
                return [0.04, 0.4, 0, 7.25, 12.4, -0.03, null].map((value) => number(value));
                """);

        assertThat(words).isEqualTo(List.of("0.04", "0.4", "0", "7.3", "12", "-0.03", "\u2013"));
    }
}
