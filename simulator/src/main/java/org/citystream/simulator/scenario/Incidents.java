package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.Ramp;

/**
 * Incidents of varied place, time, severity and duration: on each road one each morning and one each afternoon, at a time
 * when demand exceeds what is left of the capacity by {@value #EXCESS} at least, so that a queue must grow. Where demand
 * never does, there is none. What they are follows from seed, road and local date.
 */
final class Incidents implements Scenario {
    /** Demand by remaining capacity, at least, while the road is blocked. */
    private static final double EXCESS = 1.15;

    private static final List<Part> PARTS = List.of(
            new Part("morning", LocalTime.of(5, 30), LocalTime.of(11, 0)),
            new Part("afternoon", LocalTime.of(13, 0), LocalTime.of(19, 0)));
    private static final int STEP_MINUTES = 5;
    private static final double MEDIAN_MINUTES = 25;
    private static final double SCATTER = 0.45;
    private static final int SHORTEST_MINUTES = 12;
    private static final int LONGEST_MINUTES = 75;
    /** After this share of the duration the worst is cleared away. */
    private static final double WORST_SHARE = 0.7;
    /** As many detectors lie at least between the incident and either end of the road. */
    private static final int DETECTORS_AROUND = 2;

    private record Part(String name, LocalTime from, LocalTime to) {}

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public String description() {
        return "two incidents a day on each road, varied in place, time, severity and duration; each makes a queue";
    }

    @Override
    public Course course(City city, Run run) {
        return new Days(city, Draws.of(run.seed()).stream("incidents"));
    }

    /** What happens day by day; the days asked for are remembered. Used by one thread. */
    private static final class Days implements Course {
        private static final int REMEMBERED = 4;

        private final City city;
        private final Draws draws;
        private final Map<LocalDate, List<Incident>> days = new HashMap<>();

        Days(City city, Draws draws) {
            this.city = city;
            this.draws = draws;
        }

        @Override
        public List<Incident> incidentsAt(Instant at) {
            return day(at.atZone(city.timeZone()).toLocalDate()).stream()
                    .filter(incident -> incident.inForceAt(at))
                    .toList();
        }

        private List<Incident> day(LocalDate date) {
            List<Incident> known = days.get(date);
            if (known == null) {
                known = incidents(date);
                if (days.size() >= REMEMBERED) {
                    days.clear();
                }
                days.put(date, known);
            }
            return known;
        }

        private List<Incident> incidents(LocalDate date) {
            List<Incident> incidents = new ArrayList<>();
            for (Corridor corridor : city.corridors()) {
                for (Part part : PARTS) {
                    Draws own = draws.stream(corridor.id()).stream(date + part.name());
                    incident(corridor, date, part, own).ifPresent(incidents::add);
                }
            }
            return incidents;
        }

        private Optional<Incident> incident(Corridor corridor, LocalDate date, Part part, Draws own) {
            int last = corridor.detectors().size() - 1;
            if (last < 2 * DETECTORS_AROUND) {
                return Optional.empty();
            }
            double from = corridor.detectors().get(DETECTORS_AROUND).positionM();
            double to = corridor.detectors().get(last - DETECTORS_AROUND).positionM();
            double place = Math.round(own.stream("place").between(0, from, to));
            int minutes = minutes(own);
            List<Blockage> blockages = Blockage.of(corridor.lanes());
            int wanted = (int) (own.stream("severity").uniform(0) * blockages.size());
            for (int severity = wanted; severity < blockages.size(); severity++) {
                List<Instant> times = times(corridor, date, part, place, minutes, blockages.get(severity));
                if (!times.isEmpty()) {
                    Instant start = times.get((int) (own.stream("time").uniform(0) * times.size()));
                    return Optional.of(incident(corridor, place, start, minutes, severity));
                }
            }
            return Optional.empty();
        }

        private static int minutes(Draws own) {
            double drawn = MEDIAN_MINUTES
                    * StrictMath.exp(SCATTER * own.stream("duration").gaussian(0));
            return (int) Math.round(Math.max(SHORTEST_MINUTES, Math.min(LONGEST_MINUTES, drawn)));
        }

        /** Moments from which on demand exceeds what is left for as long as the worst lasts. */
        private List<Instant> times(
                Corridor corridor, LocalDate date, Part part, double place, int minutes, Blockage blockage) {
            double leftVehH = corridor.diagram().capacityVehH() * corridor.lanes() * blockage.capacityFactor();
            List<Instant> times = new ArrayList<>();
            ZonedDateTime end = date.atTime(part.to()).atZone(city.timeZone());
            for (ZonedDateTime at = date.atTime(part.from()).atZone(city.timeZone());
                    at.isBefore(end);
                    at = at.plusMinutes(STEP_MINUTES)) {
                double least = Math.min(
                        demandVehH(corridor, at, place),
                        demandVehH(corridor, at.plusMinutes(Math.round(minutes * WORST_SHARE)), place));
                if (least > EXCESS * leftVehH) {
                    times.add(at.toInstant());
                }
            }
            return times;
        }

        private static Incident incident(Corridor corridor, double place, Instant start, int minutes, int severity) {
            List<Blockage> blockages = Blockage.of(corridor.lanes());
            Blockage worst = blockages.get(severity);
            Blockage rest = blockages.get(Math.max(0, severity - 1));
            long worstMinutes = Math.max(1, Math.round(minutes * WORST_SHARE));
            return new Incident(
                    false,
                    corridor.id(),
                    place,
                    place,
                    start,
                    List.of(
                            new Incident.Phase(Duration.ofMinutes(worstMinutes), worst.capacityFactor(), 1),
                            new Incident.Phase(Duration.ofMinutes(minutes - worstMinutes), rest.capacityFactor(), 1)),
                    "incident: " + worst.said(corridor.lanes()));
        }
    }

    /** What would pass a place on an open road: the entry's demand, less what leaves, plus what joins before it. */
    static double demandVehH(Corridor corridor, ZonedDateTime at, double positionM) {
        double entry = corridor.demand().peakVehH() * corridor.demand().shareAt(at);
        double flow = entry;
        for (Ramp ramp : corridor.ramps()) {
            if (ramp.positionM() < positionM) {
                flow = flow * (1 - ramp.exitShare()) + entry * ramp.entryShare();
            }
        }
        return Math.min(flow, corridor.diagram().capacityVehH() * corridor.lanes());
    }
}
