package org.citystream.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable Consumer<String> terminal;
    private final Consumer<String> log;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private String lastState = "";
    private int seconds;

    /**
     * @param terminal takes what goes to a terminal, as it is; null: there is none
     * @param log takes lines for a log
     */
    ProgressDisplay(Supplier<Progress> source, @Nullable Consumer<String> terminal, Consumer<String> log) {
        this.source = source;
        this.terminal = terminal;
        this.log = log;
    }

    @SuppressWarnings("SystemOut") // the live line of a command line
    static ProgressDisplay start(Supplier<Progress> source) {
        boolean isTerminal = System.console() != null && System.getenv("LOG_FORMAT") == null;
        ProgressDisplay display =
                new ProgressDisplay(source, isTerminal ? System.err::print : null, line -> LOG.info("{}", line));
        display.executor.scheduleAtFixedRate(display::second, 1, 1, TimeUnit.SECONDS);
        return display;
    }

    /** To be called once a second. Whatever fails, the next second shows again: nobody else tells that it has ended. */
    void second() {
        try {
            show();
        } catch (RuntimeException e) {
            LOG.warn("the progress could not be shown", e);
        }
    }

    private void show() {
        Progress progress = source.get();
        seconds++;
        if (terminal != null) {
            terminal.accept("\r\033[K" + line(progress));
            return;
        }
        boolean hurrying = progress.state().equals("catching-up") || progress.total() != null;
        boolean changed = !progress.state().equals(lastState);
        lastState = progress.state();
        if (changed || (!progress.finished() && seconds % (hurrying ? HURRYING_SECONDS : ON_PACE_SECONDS) == 0)) {
            log.accept(line(progress));
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
