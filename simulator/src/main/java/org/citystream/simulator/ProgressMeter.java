package org.citystream.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.citystream.simulator.publish.Pace;
import org.citystream.simulator.publish.Playback;
import org.citystream.simulator.publish.ReadingPublisher;
import org.jspecify.annotations.Nullable;

/** Measures how far a source has come. Thread-safe. */
final class ProgressMeter {
    private static final int SAMPLES = 10;
    private static final long SAMPLE_NANOS = 500_000_000L;

    private record Sample(
            long nanos, long acknowledged, @Nullable Instant clock) {}

    private final String command;
    private final ReadingPublisher publisher;
    private final Playback playback;
    private final Pace pace;
    private final @Nullable Long total;
    private final @Nullable Instant end;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile boolean finished;

    /**
     * @param total readings in all; null where there is no end
     * @param end clock at which the last reading is due; null where there is no end
     */
    ProgressMeter(
            String command,
            ReadingPublisher publisher,
            Playback playback,
            Pace pace,
            @Nullable Long total,
            @Nullable Instant end) {
        this.command = command;
        this.publisher = publisher;
        this.playback = playback;
        this.pace = pace;
        this.total = total;
        this.end = end;
    }

    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    synchronized Progress progress() {
        Instant clock = playback.clock();
        long acknowledged = publisher.acknowledged();
        Sample now = new Sample(System.nanoTime(), acknowledged, clock);
        Sample last = samples.peekLast();
        if (last == null || now.nanos() - last.nanos() >= SAMPLE_NANOS) {
            samples.add(now);
        }
        if (samples.size() > SAMPLES) {
            samples.remove();
        }
        Sample first = samples.isEmpty() ? now : samples.peek();
        double seconds = Math.max(1e-3, (now.nanos() - first.nanos()) / 1e9);
        double rate = finished ? 0 : (acknowledged - first.acknowledged()) / seconds;
        Optional<String> problem = finished ? Optional.empty() : publisher.problem();
        return new Progress(
                command,
                state(clock),
                finished,
                publisher.published(),
                acknowledged,
                total,
                publisher.troubles(),
                clock,
                Math.round(rate * 10) / 10.0,
                secondsLeft(clock, acknowledged, rate),
                problem.orElse(null));
    }

    private String state(@Nullable Instant clock) {
        if (finished) {
            return "finished";
        }
        if (clock == null) {
            return "starting";
        }
        return pace.isUnlimited() || playback.isOnPace() ? "running" : "catching-up";
    }

    private @Nullable Long secondsLeft(@Nullable Instant clock, long acknowledged, double rate) {
        if (finished || total == null || end == null || clock == null) {
            return finished ? Long.valueOf(0) : null;
        }
        long byRate = rate > 0 ? Math.round((total - acknowledged) / rate) : 0;
        if (pace.isUnlimited()) {
            return rate > 0 ? byRate : null;
        }
        return Math.max(0, pace.until(end).toSeconds());
    }
}
