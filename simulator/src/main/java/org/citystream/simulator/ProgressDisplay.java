package org.citystream.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows progress: on a terminal one line that is written over each second, in a log a line every five seconds while the
 * clock hurries and every minute when it goes at its pace.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressDisplay.class);
    private static final int HURRYING_SECONDS = 5;
    private static final int ON_PACE_SECONDS = 60;

    private final Supplier<Progress> source;
    private final boolean terminal = System.console() != null && System.getenv("LOG_FORMAT") == null;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private String lastState = "";
    private int seconds;

    private ProgressDisplay(Supplier<Progress> source) {
        this.source = source;
    }

    static ProgressDisplay start(Supplier<Progress> source) {
        ProgressDisplay display = new ProgressDisplay(source);
        display.executor.scheduleAtFixedRate(display::show, 1, 1, TimeUnit.SECONDS);
        return display;
    }

    @SuppressWarnings("SystemOut") // the live line of a command line
    private void show() {
        Progress progress = source.get();
        seconds++;
        if (terminal) {
            System.err.print("\r\033[K" + line(progress));
            return;
        }
        boolean hurrying = progress.state().equals("catching-up") || progress.total() != null;
        boolean changed = !progress.state().equals(lastState);
        lastState = progress.state();
        if (changed || (!progress.finished() && seconds % (hurrying ? HURRYING_SECONDS : ON_PACE_SECONDS) == 0)) {
            LOG.info("{}", line(progress));
        }
    }

    static String line(Progress progress) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s %s: %,d acknowledged", progress.command(), progress.state(), progress.acknowledged()));
        Long total = progress.total();
        if (total != null) {
            line.append(String.format(
                    Locale.ROOT, " of %,d (%d %%)", total, total == 0 ? 100 : progress.acknowledged() * 100 / total));
        }
        line.append(String.format(Locale.ROOT, ", %,.0f/s", progress.readingsPerSecond()));
        Instant clock = progress.clock();
        if (clock != null) {
            line.append(", clock ").append(clock.truncatedTo(ChronoUnit.SECONDS));
        }
        Long left = progress.secondsLeft();
        if (left != null && !progress.finished()) {
            line.append(String.format(Locale.ROOT, ", %d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60));
        }
        line.append(", ").append(progress.troubles()).append(" troubles");
        if (progress.problem() != null) {
            line.append(" (").append(progress.problem()).append(')');
        }
        return line.toString();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
