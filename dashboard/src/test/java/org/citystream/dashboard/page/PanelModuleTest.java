package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of the panel, with answers that a test makes up. */
class PanelModuleTest {
    @RegisterExtension
    static final Module module = new Module();

    @Test
    void theSystemPageTellsRatesLagReasonsJobsAndWebhooks() {
        Object told = module.run("""
                const { SystemPage } = await import('/panel/system-page.js');
                let now = 1000;
                let received = 500;
                let again;
                performance.now = () => now;
                window.setInterval = (work) => { again = work; return 1; };
                const sample = (name, value, labels = {}) => ({ name, labels, value });
                const state = () => ({
                  services: [
                    { name: 'gateway', metrics: [sample('gateway_received_total', received), sample('gateway_event_time_lag_seconds_max', 2.34, { kind: 'traffic' }),
                      sample('gateway_rejected_total', 3, { reason: 'bad-time' }), sample('gateway_rejected_total', 0, { reason: 'not-json' })] },
                    { name: 'alerting', metrics: [sample('citystream_alerting_outbox_waiting', 7)] },
                    { name: 'dashboard', metrics: [sample('citystream_dashboard_live_records_total', 40, { topic: 'city.events.v1' })] }],
                  jobs: [{ name: 'traffic-job', state: 'RESTARTING', runningTasks: 1, tasks: 6, restarts: 4, lastCheckpointMs: 180, failedCheckpoints: 2, startedAt: at('06:00') }] });
                const hook = (url, more) => ({ url, format: 'citystream', enabled: true, consecutiveFailures: 0, ...more });
                window.fetch = async (address) => answer(address.includes('webhooks')
                  ? { items: [hook('https://works.example/'), hook('https://fails.example/', { consecutiveFailures: 5 }), hook('https://off.example/', { enabled: false })] }
                  : state());
                const city = new City();
                city.takeClock(clock(at('08:00')));
                const box = document.createElement('div');
                const view = new SystemPage(box, city, {});
                await frame();
                now += 5000;
                received += 600;
                again();
                await frame();
                view.close();
                const words = (selector) => [...box.querySelectorAll(selector)].map(({ textContent }) => textContent.replaceAll('\\u00a0', ' '));
                return [words('.figure').find((figure) => figure.includes('messages received')), ...words('.pairs').slice(0, 2),
                  ...words('.figure').filter((figure) => figure.includes('waiting')),
                  words('section:nth-of-type(2) tbody td').join(' '), words('section:nth-of-type(3) tbody td:nth-child(3)').join(' ')];
                """);

        assertThat(told)
                .isEqualTo(List.of(
                        "120 /smessages received",
                        "Traffic2.3 s",
                        "bad-time3",
                        "7messages waiting",
                        "traffic-job restarting 1/6 4 180 ms 2 06:00",
                        "works fails disabled"));
    }

    @Test
    void aSensorsPageHasItsReadingsAndItsTrustFromTheDayBeforeOn() {
        module.page().addScriptTag(new Page.AddScriptTagOptions().setUrl("/lib/uPlot.js"));
        Object told = module.run("""
                const { SensorDetail } = await import('/panel/sensor-detail.js');
                const asked = [];
                window.fetch = async (address) => {
                  if (address.includes('sensor_health')) asked.push(new URL(address, location).searchParams.get('step'));
                  return answer(address.includes('readings') ? { readings: [{ sensorId: 'a', observedAt: at('07:59'), vehicleCount: 14, flags: ['late'] }] }
                    : address.includes('sensor_health') && address.includes('PT60S') ? { points: [['2026-11-20T10:00:00Z', 0.5], ['2026-11-20T11:00:00Z', null]] }
                    : address.includes('sensor_health') ? { points: [['2026-11-22T20:00:00Z', null], ['2026-11-23T07:50:00Z', 0.4], ['2026-11-23T08:00:00Z', null]] }
                    : address.includes('episodes') ? { episodes: [] } : { items: [], points: [] });
                };
                const city = new City();
                city.takeSensors({ features: [sensor('a', { latest: minute('a', at('08:00')), health: health('a', 'stuck', at('07:50')) })] });
                city.takeClock(clock(at('08:01')));
                const box = document.body.appendChild(document.createElement('div'));
                const view = new SensorDetail(box, city, { show() {}, select() {} }, 'a', true);
                for (let i = 0; i < 10; i++) await frame();
                const chart = box.querySelector('figure[data-chart=trust]');
                const reading = () => chart.querySelector('.reading').textContent;
                const now = reading();
                chart.querySelector('.plot').dispatchEvent(new KeyboardEvent('keydown', { key: 'Home' }));
                const dayBefore = reading();
                const table = box.querySelector('tbody').textContent;
                view.close();
                return [now, dayBefore, table, asked];
                """);

        assertThat(told).isEqualTo(List.of("40", "50", "07:5914late", List.of("PT600S", "PT60S")));
    }
}
