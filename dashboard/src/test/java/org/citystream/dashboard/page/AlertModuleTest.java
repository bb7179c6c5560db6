package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page does when services answer late, otherwise, or not at all; and what it keeps while it is left open. */
class AlertModuleTest {
    @RegisterExtension
    static final Module module = new Module();

    /** First the service answers, then it does not: how, and what the page makes of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answer({ title: 'gone' }, 502) | stream | 2",
                "answer({ title: 'who?' }, 401) | closed | 2",
                "answer({ title: 'busy' }, 429) | kept | 1",
                "Promise.reject(new TypeError('no network')) | kept | 1"
            })
    void alertsDoNotVanishAndTheCauseIsTold(String failure, String from, int alerts) {
        Object shown = module.run("""
                const { AlertWatch } = await import('/live/alerts.js');
                const alert = { alertId: 'al-1', severity: 'severe', startedAt: at('07:00'), subject: { type: 'road-segment', id: 'a' } };
                const event = { ...alert, episodeId: 'ep-1', transition: 'opened', summary: 'jam' };
                let broken = false;
                window.fetch = async (address) =>
                  address.includes('snapshot') ? answer({ openAlerts: [event, { ...event, episodeId: 'ep-2' }] })
                    : broken ? %s : answer({ items: [alert], next: null });
                const city = new City();
                const watch = new AlertWatch(city);
                await watch.refresh();
                const before = `${city.alertsFrom} ${city.alerts.length}`;
                broken = true;
                await watch.refresh();
                return [before, `${city.alertsFrom} ${city.alerts.length}`];
                """.formatted(failure));

        assertThat(shown).isEqualTo(List.of("service 1", from + " " + alerts));
    }

    @Test
    void aPastThatCannotBeReadIsNotShown() {
        Object shown = module.run("""
                const { Playback } = await import('/time/playback.js');
                const { TimeBar } = await import('/time/timebar.js');
                let broken = true;
                window.fetch = async (address) =>
                  !address.includes('snapshot') ? answer({ items: [], next: null })
                    : broken ? answer({ detail: 'the store is away' }, 503)
                    : answer({ segments: {}, stations: {}, openAlerts: [] });
                const city = new City();
                city.takeSensors({ features: [sensor('a', { latest: minute('a', at('08:00')) })] });
                city.takeClock(clock(at('08:01')));
                const playback = new Playback(city);
                const box = document.createElement('div');
                new TimeBar(box, city, playback);
                const look = () => [document.documentElement.dataset.moment, city.past?.toISOString() ?? null, box.querySelector('.time-label').textContent];
                const going = playback.go(new Date(at('07:00')));
                const reading = look();
                await going;
                const failed = [...look(), box.querySelector('.time-problem').textContent, playback.at];
                broken = false;
                await playback.go(new Date(at('07:30')));
                const there = look();
                broken = true;
                await playback.go(new Date(at('07:10')));
                return [reading.slice(0, 2), failed, there, look()];
                """);

        List<Object> there = List.of("past", "2026-11-23T07:30:00.000Z", "The past: 07:30, 31 min ago");
        assertThat(shown)
                .isEqualTo(List.of(
                        Arrays.asList("live", null),
                        Arrays.asList(
                                "live",
                                null,
                                "Live. Move the slider to look back.",
                                "The past cannot be read at the moment.",
                                null),
                        there,
                        there));
    }

    @Test
    void aSilenceOfTheNetworkIsNotAnAlertThatNeverWas() {
        Object words = module.run("""
                const { AlertDetail } = await import('/panel/alert-detail.js');
                const head = async (response) => {
                  window.fetch = async () => response();
                  const box = document.createElement('div');
                  const view = new AlertDetail(box, new City(), { show() {}, select() {}, goTo() {} }, 'al-1', true, null);
                  await frame();
                  view.close();
                  return box.querySelector('.alert-head').textContent;
                };
                return [await head(() => answer({ title: 'none' }, 404)), await head(() => answer({ title: 'gone' }, 502))];
                """);

        assertThat(words)
                .isEqualTo(List.of("This alert is not known (any more).", "This alert cannot be read at the moment."));
    }

    /** Each alert that is over opens at its own time, and who leaves it leaves its time. */
    @Test
    void anAlertThatIsOverTakesThePageToItsTimeAndBack() {
        Object moments = module.run("""
                const { AlertDetail } = await import('/panel/alert-detail.js');
                const city = new City();
                city.takeClock(clock(at('09:00')));
                const over = { severity: 'severe', state: 'resolved', title: 'jam', subject: { type: 'road-segment', id: 'a' } };
                const alerts = {
                  'al-1': { ...over, alertId: 'al-1', startedAt: at('07:00'), endedAt: at('07:30'), history: [{ type: 'alert.opened', at: at('07:05') }] },
                  'al-2': { ...over, alertId: 'al-2', startedAt: at('08:00'), endedAt: at('08:30'), history: [{ type: 'alert.opened', at: at('08:05') }] },
                };
                window.fetch = async (address) =>
                  address.includes('webhooks') ? answer({ items: [] }) : answer(alerts[address.split('/').at(-1)]);
                const went = [];
                const goTo = (moment) => {
                  went.push(moment && moment.toISOString().slice(11, 16));
                  if (moment) city.showPast(moment, { segments: {}, stations: {} }, [], 'service');
                  else city.showLive();
                };
                const look = async (id, at) => {
                  const view = new AlertDetail(document.createElement('div'), city, { show() {}, select() {}, goTo }, id, true, at);
                  await frame();
                  view.close();
                };
                await look('al-1', null);
                await look('al-2', null);
                await look('al-1', new Date(at('07:20')));
                return went;
                """);

        assertThat(moments)
                .as("the last was opened by a link with a moment of its own")
                .isEqualTo(Arrays.asList("07:05", null, "08:05", null));
    }

    @Test
    void whoClicksTwiceMeansItOnce() {
        Object asked = module.run("""
                const { alertActions } = await import('/panel/alert-actions.js');
                const asked = [];
                window.fetch = async (address, { method }) => {
                  asked.push(`${method} ${address}`);
                  await new Promise((done) => setTimeout(done, 50));
                  return answer({});
                };
                sessionStorage.setItem('operator-token', 'known');
                const view = { closing: new AbortController().signal, city: new City() };
                const box = alertActions(view, { alertId: 'al-1', subject: { type: 'road-segment', id: 'a' } }, () => asked.push('done'));
                const button = box.querySelector('.tool');
                button.click();
                button.click();
                await new Promise((done) => setTimeout(done, 150));
                return asked;
                """);

        assertThat(asked).isEqualTo(List.of("POST api/v1/alerts/al-1/acknowledge", "done"));
    }

    /** As on a wall screen, where one alert may stay open for days. */
    @Test
    void chartsDoNotMultiplyHoweverOftenTheCityIsLaidOutAndAQueueMoves() {
        module.page().addScriptTag(new com.microsoft.playwright.Page.AddScriptTagOptions().setUrl("/lib/uPlot.js"));
        Object counts = module.run("""
                const { AlertDetail } = await import('/panel/alert-detail.js');
                const ids = ['a', 'b', 'c', 'd'];
                const alert = (tailM, headM) => ({ alertId: 'al-1', state: 'firing', severity: 'severe', title: 'queue', startedAt: at('07:00'),
                  subject: { type: 'corridor', id: 'road' }, evidence: { queue: { tailM, headM } }, history: [] });
                let now = alert(0, 500);
                let asked = 0;
                window.fetch = async (address) => {
                  if (address.includes('series')) asked++;
                  return address.includes('webhooks') || address.includes('rules') ? answer({ items: [] })
                    : address.includes('episodes') ? answer({ episodes: [] })
                    : address.includes('series') ? answer({ points: [[at('07:58'), 50], [at('07:59'), 55]] })
                    : answer(now);
                };
                const city = new City();
                const features = (name) => ids.map((id, i) => sensor(id, { name: `${name} ${id}`, corridorPositionM: i * 500 }));
                city.takeSensors({ features: features('first') });
                city.takeClock(clock(at('08:01')));
                const box = document.body.appendChild(document.createElement('div'));
                const view = new AlertDetail(box, city, { show() {}, select() {}, goTo() {} }, 'al-1', true, null);
                const settle = async () => { for (let i = 0; i < 8; i++) await frame(); };
                await settle();
                const alive = () => ids.map((id) => uPlot.sync(`charts of ${id}`).plots.length);
                const opened = [alive(), asked];
                for (let i = 0; i < 50; i++) {
                  city.reopened();
                  city.takeSensors({ features: features(`name ${i}`) });
                }
                await settle();
                const laidOut = [alive(), asked];
                now = alert(500, 1500);
                city.takeAlerts([], 'service');
                await settle();
                now = alert(1000, 1500);
                city.takeAlerts([], 'service');
                await settle();
                const moved = alive();
                view.close();
                return [opened, laidOut, moved, alive(), box.querySelectorAll('.uplot').length];
                """);

        List<Object> opened = List.of(List.of(0, 4, 0, 0), 0);
        assertThat((List<?>) counts).hasSize(5);
        List<?> told = (List<?>) counts;
        assertThat(told.get(1)).as("laid out fifty times").isEqualTo(told.get(0));
        assertThat(((List<?>) told.get(0)).get(0)).as("at the queue's head").isEqualTo(opened.get(0));
        assertThat(told.get(2)).as("where the queue is now").isEqualTo(List.of(0, 0, 0, 4));
        assertThat(told.get(3)).as("closed").isEqualTo(List.of(0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ pollutant: 'so2', above: '500 ug/m3' } | so2 | 500",
                "{ pollutant: 'no2', above: '200 \u00b5g/m\u00b3' } | no2 | 200",
                "{ pollutant: 'o3', above: '0.18 mg/m3' } | o3 | 180",
                "{ pollutant: 'co', above: '10 mg/m\u00b3' } | co | 10",
                "{ pollutant: 'co', above: '4000 \u03bcg/m3' } | co | 4"
            })
    void aLimitIsDrawnInTheUnitOfItsChart(String rule, String field, double value) {
        Object limits = module.run("""
                window.fetch = async () => answer({ items: [{ id: 'limit', kind: 'air-exceedance', mode: 'active', ...%s }] });
                const { readRules, thresholds } = await import('/chart/thresholds.js');
                await readRules();
                return thresholds('%s', { id: 's', sensors: [{}] }).map(({ value }) => value);
                """.formatted(rule, field));

        assertThat((List<?>) limits)
                .singleElement()
                .satisfies(limit -> assertThat(((Number) limit).doubleValue()).isEqualTo(value));
    }

    /** Health is told only when it changes, so that a day without news is a day like its beginning. */
    @Test
    void whatIsToldOnlyWhenItChangesHoldsUntilThen() {
        Object values = module.run("""
                const { held } = await import('/chart/series.js');
                return [held([60, 120, 180, 240, 300], [null, null, 0.4, null, null], 1, null, 250), held([60, 120], [null, null], null, null, 250),
                  held([60, 120, 180], [null, null, null], null, { since: 100, value: 0.2 }, 250)];
                """);

        assertThat(values)
                .isEqualTo(List.of(
                        Arrays.asList(1, 1, 0.4, 0.4, 0.4), Arrays.asList(null, null), Arrays.asList(null, 0.2, 0.2)));
    }
}
