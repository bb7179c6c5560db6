package org.citystream.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import org.citystream.ledger.Ledger;
import org.citystream.service.ServiceRunner;
import org.citystream.simulator.publish.ClockAnnouncer;
import org.citystream.simulator.publish.LoadShape;
import org.citystream.simulator.publish.MqttSettings;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.publish.Pace;
import org.citystream.simulator.publish.Playback;
import org.citystream.simulator.publish.ReadingPublisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readings being published: what {@code simulate} and {@code replay} have in common. */
final class Source implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);
    private static final Duration LAST_ANNOUNCEMENT = Duration.ofMinutes(1);

    /**
     * What is published.
     *
     * @param name {@code simulate} or {@code replay}
     * @param clockSource as announced: {@code simulated} or {@code replay}
     * @param readings in order of {@code sentAt}
     * @param total readings in all; null where there is no end
     * @param end clock at which the last reading is due; null where there is no end
     * @param runOn how long the clock runs on behind the last reading
     * @param clockStand the deployment's clock at the start; null in a new deployment
     * @param load in place of the pace; null: none
     */
    record Programme(
            String name,
            String clockSource,
            Iterator<Outgoing> readings,
            Pace pace,
            @Nullable Long total,
            @Nullable Instant end,
            Duration runOn,
            @Nullable Instant clockStand,
            @Nullable LoadShape load) {}

    private final Programme programme;
    private final ReadingPublisher publisher;
    private final Playback playback;
    private final ClockAnnouncer announcer;
    private final ProgressMeter meter;
    private final ProgressDisplay display;
    private final Thread player;

    private Source(Programme programme, MqttSettings mqtt, @Nullable Ledger ledger) {
        this.programme = programme;
        this.publisher = new ReadingPublisher(mqtt, programme.clockStand(), ledger);
        this.playback = new Playback(publisher, programme.pace(), programme.load());
        this.announcer =
                new ClockAnnouncer(mqtt, playback::clock, programme.pace().announced(), programme.clockSource());
        this.meter = new ProgressMeter(
                programme.name(), publisher, playback, programme.pace(), programme.total(), programme.end());
        this.display = ProgressDisplay.start(meter::progress);
        this.player = new Thread(this::play, "player");
    }

    /** @param ledger closed with the source; null: none is kept */
    static Source start(Programme programme, MqttSettings mqtt, @Nullable Ledger ledger) {
        Source source = new Source(programme, mqtt, ledger);
        source.player.start();
        return source;
    }

    ProgressMeter meter() {
        return meter;
    }

    /** Everything sent before this is acknowledged; null before the first reading. */
    @Nullable Instant acknowledgedTo() {
        return playback.clock();
    }

    private void play() {
        try {
            if (playback.run(programme.readings(), programme.runOn())) {
                if (!announcer.flush(LAST_ANNOUNCEMENT)) {
                    LOG.warn("the broker has not confirmed the last clock; what is still open may not close");
                }
                announcer.close();
                meter.finish();
                LOG.info(
                        "{} finished: {} published, {} acknowledged, clock {}",
                        programme.name(),
                        publisher.published(),
                        publisher.acknowledged(),
                        playback.clock());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("{} broke off after {} readings", programme.name(), publisher.published(), e);
            ServiceRunner.fail();
        }
    }

    @Override
    public void close() throws InterruptedException {
        playback.stop();
        player.join(8_000);
        display.close();
        announcer.close();
        publisher.close();
    }
}
