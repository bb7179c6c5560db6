package org.citystream.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.citystream.model.place.Sensor;
import org.citystream.service.config.ConfigurationException;
import org.citystream.simulator.city.City;
import org.citystream.simulator.kafka.DeploymentClock;
import org.citystream.simulator.kafka.KafkaReadiness;
import org.citystream.simulator.kafka.SensorRegistry;
import org.citystream.simulator.publish.Outgoing;
import org.citystream.simulator.publish.Pace;
import org.citystream.simulator.scenario.Run;
import org.citystream.simulator.scenario.TruthFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code simulate}. */
final class SimulateService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulateService.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration RUN_ON = Duration.ofMinutes(10);

    private final Management management;
    private final Source source;
    private final StateKeeper keeper;

    private SimulateService(Management management, Source source, StateKeeper keeper) {
        this.management = management;
        this.source = source;
        this.keeper = keeper;
    }

    static SimulateService start(SimulateConfig config, Clock wall)
            throws InterruptedException, ConfigurationException {
        config.check();
        Wanted wanted = Wanted.of(config);
        City city = wanted.city();
        Management management = new Management("simulate", config.management);
        try {
            KafkaReadiness.await(config.kafka, PATIENCE);
            Optional<Instant> clock = DeploymentClock.read(config.kafka);
            StateFile<RunState> file = new StateFile<>(config.dataDir, "run.json", RunState.class);
            Itinerary itinerary =
                    Itinerary.plan(config, wanted.scenario(), city.timeZone(), wall.instant(), clock, file.read());
            List<Sensor> sensors =
                    city.sensors().stream().map(itinerary::expected).toList();
            int registered = SensorRegistry.register(config.kafka, sensors, clock.orElse(null));
            LOG.info(
                    "{}: {} sensors ({} new or changed), scenario {}, seed {}, arriving at {}; {}",
                    city.id(),
                    sensors.size(),
                    registered,
                    config.scenario,
                    config.seed,
                    itinerary.arrival(),
                    itinerary.notice());
            file.write(new RunState(itinerary.run(), clock.isPresent() ? itinerary.sentAfter() : null));
            SimulatedReadings readings = new SimulatedReadings(
                    city,
                    wanted.scenario(),
                    wanted.faults(),
                    itinerary,
                    new TruthFile(config.dataDir),
                    config.duration);
            Source source = Source.start(
                    programme(config, itinerary, wanted.formats().translate(readings), wall, clock),
                    config.mqtt,
                    config.publish.openLedger(wall.instant()));
            management.show(source.meter());
            return new SimulateService(
                    management, source, StateKeeper.start(() -> note(source, file, itinerary.run())));
        } catch (InterruptedException | RuntimeException e) {
            management.close();
            throw e;
        }
    }

    private static Source.Programme programme(
            SimulateConfig config,
            Itinerary itinerary,
            Iterator<Outgoing> readings,
            Clock wall,
            Optional<Instant> clock) {
        Pace pace = Double.isInfinite(config.speed.factor()) || config.publish.load != null
                ? Pace.unlimited(wall)
                : new Pace(itinerary.arrival(), wall.instant(), config.speed.factor(), wall);
        return new Source.Programme(
                "simulate", "simulated", readings, pace, null, null, RUN_ON, clock.orElse(null), config.publish.load);
    }

    int port() {
        return management.port();
    }

    Progress progress() {
        return source.meter().progress();
    }

    private static void note(Source source, StateFile<RunState> file, Run run) {
        Instant acknowledged = source.acknowledgedTo();
        if (acknowledged != null) {
            file.write(new RunState(run, acknowledged.minusMillis(1)));
        }
    }

    @Override
    public void close() throws Exception {
        source.close();
        keeper.close();
        management.close();
    }
}
