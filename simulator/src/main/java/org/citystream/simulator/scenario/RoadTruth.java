package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CorridorMinute;
import org.jspecify.annotations.Nullable;

/**
 * Watches the true state of the city and notes queues: stretches whose speed falls below half of free flow, until it is
 * above 70 % again. A queue that touches an accident in force is that incident's, from its start; another stands before
 * road works or a bottleneck. Queues shorter than {@link #SHORTEST} in time are not noted.
 */
final class RoadTruth {
    private static final double CONGESTED_RATIO = 0.5;
    private static final double FREE_RATIO = 0.7;
    private static final double SEVERE_RATIO = 0.3;
    /** Stretches nearer than this belong together, m. */
    private static final double NEAR_M = 600;

    private static final Duration GONE_FOR = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofMinutes(3);

    private final Course course;
    private final List<Queue> open = new ArrayList<>();
    private final List<TruthEpisode> closed = new ArrayList<>();

    RoadTruth(Course course) {
        this.course = course;
    }

    /** Takes in the next minute. */
    void observe(CityMinute minute) {
        Instant start = minute.end().minusSeconds(60);
        for (CorridorMinute corridor : minute.corridors()) {
            incidents(corridor, start);
            stretches(corridor).forEach(stretch -> extend(corridor, stretch, start, minute.end()));
        }
        close(minute.end());
    }

    /** Everything noted so far; what goes on has no end. */
    List<TruthEpisode> episodes() {
        List<TruthEpisode> episodes = new ArrayList<>(closed);
        open.stream().filter(Queue::isNoted).map(queue -> queue.episode(null)).forEach(episodes::add);
        return episodes;
    }

    private void incidents(CorridorMinute corridor, Instant start) {
        for (Incident incident : course.incidentsAt(start)) {
            boolean here = incident.corridorId().equals(corridor.corridor().id());
            if (here && !incident.planned() && open.stream().noneMatch(queue -> incident.equals(queue.incident))) {
                Queue queue = new Queue(incident.corridorId(), incident.start(), incident.fromM(), incident.cause());
                queue.incident = incident;
                open.add(queue);
            }
        }
    }

    /** Why a queue that no accident explains stands there. */
    private String cause(CorridorMinute corridor, Stretch stretch, Instant start) {
        return course.incidentsAt(start).stream()
                .filter(incident ->
                        incident.corridorId().equals(corridor.corridor().id()))
                .filter(incident ->
                        stretch.toM() >= incident.fromM() - NEAR_M && stretch.fromM() <= incident.toM() + NEAR_M)
                .map(Incident::cause)
                .findFirst()
                .or(() -> course.queueCause(corridor.corridor(), start))
                .orElse("bottleneck");
    }

    private void extend(CorridorMinute corridor, Stretch stretch, Instant start, Instant end) {
        String corridorId = corridor.corridor().id();
        List<Queue> near = open.stream()
                .filter(queue -> queue.isNear(corridorId, stretch))
                .sorted(Comparator.comparing((Queue queue) -> queue.incident == null)
                        .thenComparing(queue -> queue.start))
                .toList();
        if (!near.isEmpty()) {
            near.get(0).extend(stretch, end);
            near.stream().skip(1).filter(queue -> queue.incident == null).forEach(open::remove);
        } else if (stretch.lowestRatio() < CONGESTED_RATIO) {
            Queue fresh = new Queue(corridorId, start, stretch.toM(), cause(corridor, stretch, start));
            fresh.extend(stretch, end);
            open.add(fresh);
        }
    }

    private void close(Instant now) {
        for (Iterator<Queue> queues = open.iterator(); queues.hasNext(); ) {
            Queue queue = queues.next();
            boolean inForce = queue.incident != null && queue.incident.inForceAt(now);
            if (!inForce && !queue.lastSeen.plus(GONE_FOR).isAfter(now)) {
                queues.remove();
                if (queue.isNoted()) {
                    Incident incident = queue.incident;
                    Instant end = incident != null && incident.end().isAfter(queue.lastSeen)
                            ? incident.end()
                            : queue.lastSeen;
                    closed.add(queue.episode(end));
                }
            }
        }
    }

    private static List<Stretch> stretches(CorridorMinute minute) {
        List<Stretch> stretches = new ArrayList<>();
        for (int cell = 0; cell < minute.cells(); cell++) {
            double ratio = minute.speedRatio(cell);
            if (ratio >= FREE_RATIO) {
                continue;
            }
            double from = cell * minute.cellLengthM();
            Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (last != null && from - last.toM() <= NEAR_M) {
                stretches.remove(last);
                from = last.fromM();
                ratio = Math.min(ratio, last.lowestRatio());
            }
            stretches.add(new Stretch(from, (cell + 1) * minute.cellLengthM(), ratio));
        }
        return stretches;
    }

    private record Stretch(double fromM, double toM, double lowestRatio) {}

    private static final class Queue {
        private final String corridorId;
        private final Instant start;
        private final String cause;
        private double fromM;
        private double toM;
        private double nowFromM;
        private double nowToM;
        private double lowestRatio = 1;
        private Instant lastSeen;
        private @Nullable Incident incident;

        Queue(String corridorId, Instant start, double headM, String cause) {
            this.cause = cause;
            this.corridorId = corridorId;
            this.start = start;
            this.lastSeen = start;
            this.fromM = headM;
            this.toM = headM;
            this.nowFromM = headM;
            this.nowToM = headM;
        }

        boolean isNear(String corridor, Stretch stretch) {
            return corridor.equals(corridorId)
                    && stretch.toM() >= nowFromM - NEAR_M
                    && stretch.fromM() <= nowToM + NEAR_M;
        }

        void extend(Stretch stretch, Instant end) {
            fromM = Math.min(fromM, stretch.fromM());
            toM = Math.max(toM, stretch.toM());
            nowFromM = stretch.fromM();
            nowToM = stretch.toM();
            lowestRatio = Math.min(lowestRatio, stretch.lowestRatio());
            lastSeen = end;
        }

        boolean isNoted() {
            return incident != null || Duration.between(start, lastSeen).compareTo(SHORTEST) >= 0;
        }

        TruthEpisode episode(@Nullable Instant end) {
            return TruthEpisode.onRoad(
                    start,
                    end,
                    incident == null ? "congestion" : "incident",
                    corridorId,
                    new TruthEpisode.Stretch(fromM, toM),
                    lowestRatio < SEVERE_RATIO ? "severe" : "moderate",
                    cause);
        }
    }
}
