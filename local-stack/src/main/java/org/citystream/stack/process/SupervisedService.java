package org.citystream.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.StackState.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one service running on a thread of its own: starts it when what it needs is ready, watches it, starts it again with
 * growing pauses when it dies. A service that cannot be brought up the first time is given up.
 */
final class SupervisedService {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration START_POLL = Duration.ofMillis(200);
    private static final Duration HEALTH_POLL = Duration.ofSeconds(3);
    private static final Duration THREAD_LIMIT = Duration.ofSeconds(5);
    private static final int STARTS_BEFORE_GIVING_UP = 3;
    private static final int WRONG_CONFIGURATION = 2;

    private final ServiceSpec spec;
    private final Runnable changed;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Duration> firstReady = new CompletableFuture<>();
    private final Thread thread;
    private final long createdNanos = System.nanoTime();

    private boolean stopping;
    private @Nullable ServiceProcess process;
    private String state = "down";
    private String health = "waiting";
    private int deaths;

    SupervisedService(ServiceSpec spec, List<? extends CompletableFuture<?>> needs, Runnable changed) {
        this.spec = spec;
        this.changed = changed;
        this.thread = new Thread(() -> supervise(needs), "supervise-" + spec.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String name() {
        return spec.name();
    }

    /** Completes with the time it took from the stack's start, or exceptionally with a {@link CityFailure}. */
    CompletableFuture<Duration> firstReady() {
        return firstReady;
    }

    synchronized ServiceState state() {
        return new ServiceState(
                spec.name(), state, process == null ? null : process.identity(), spec.url(), health, deaths);
    }

    private void supervise(List<? extends CompletableFuture<?>> needs) {
        try {
            for (CompletableFuture<?> need : needs) {
                need.get();
            }
            keepRunning();
        } catch (ExecutionException e) {
            become("down", "what it needs did not start");
            firstReady.completeExceptionally(e.getCause());
        } catch (IOException e) {
            become("down", "cannot be started: " + e.getMessage());
            firstReady.completeExceptionally(new CityFailure(
                    spec.name() + " cannot be started: " + e.getMessage(), "check the JDK and the data directory", e));
        } catch (InterruptedException e) {
            become("down", "stopped");
        }
    }

    private void keepRunning() throws IOException, InterruptedException {
        while (true) {
            Optional<ServiceProcess> started = startUnlessStopping();
            if (started.isEmpty()) {
                return;
            }
            long startedNanos = System.nanoTime();
            watch(started.get());
            if (isStopping() || isDone(started.get())) {
                return;
            }
            Duration pause = backoff.afterDeath(Duration.ofNanos(System.nanoTime() - startedNanos));
            died(started.get());
            if (givesUp(started.get())) {
                return;
            }
            awaitStop(pause);
        }
    }

    private Optional<ServiceProcess> startUnlessStopping() throws IOException {
        ServiceProcess started;
        synchronized (this) {
            if (stopping) {
                return Optional.empty();
            }
            spec.readiness().forget();
            started = ServiceProcess.start(spec);
            process = started;
        }
        become("starting", "starting");
        return Optional.of(started);
    }

    private void watch(ServiceProcess running) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        boolean ready = false;
        while (!running.awaitExit(ready ? HEALTH_POLL : START_POLL)) {
            Optional<String> problem = spec.readiness().problem();
            if (problem.isEmpty() && !ready) {
                ready = true;
                become("up", "ok");
                firstReady.complete(Duration.ofNanos(System.nanoTime() - createdNanos));
            } else {
                become(ready ? "up" : "starting", problem.orElse("ok"));
            }
            if (!ready && !firstReady.isDone() && System.nanoTime() > deadline) {
                fail("is not ready after " + START_LIMIT.toSeconds() + " s: " + problem.orElse(""));
                return;
            }
        }
    }

    private boolean isDone(ServiceProcess ended) {
        if (!spec.mayFinish() || ended.exitCode() != 0) {
            return false;
        }
        become("down", "finished");
        firstReady.complete(Duration.ofNanos(System.nanoTime() - createdNanos));
        return true;
    }

    private void died(ServiceProcess ended) {
        synchronized (this) {
            deaths++;
        }
        become("down", "ended with exit code " + ended.exitCode() + ", starts again; see " + spec.log());
    }

    private boolean givesUp(ServiceProcess ended) {
        if (firstReady.isDone()) {
            return firstReady.isCompletedExceptionally();
        }
        boolean hopeless;
        synchronized (this) {
            hopeless = deaths >= STARTS_BEFORE_GIVING_UP;
        }
        if (hopeless || ended.exitCode() == WRONG_CONFIGURATION) {
            fail("ended with exit code " + ended.exitCode());
            return true;
        }
        return false;
    }

    private void fail(String what) {
        become("down", what);
        firstReady.completeExceptionally(new CityFailure(
                spec.name() + " " + what + System.lineSeparator() + lastLines(spec.log()),
                "read the whole log: " + spec.log()));
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - 12), lines.size()).stream()
                            .map(line -> "    | " + line)
                            .toList());
        } catch (IOException e) {
            return "    (no log: " + e.getMessage() + ")";
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void awaitStop(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis(); !stopping && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** The listener asks every service for its state, so it must not be told under this one's lock. */
    private void become(String newState, String newHealth) {
        synchronized (this) {
            if (state.equals(newState) && health.equals(newHealth)) {
                return;
            }
            state = newState;
            health = newHealth;
        }
        changed.run();
    }

    /** Stops it for good. Returns when its process is gone. */
    void stop(Duration grace) throws InterruptedException {
        ServiceProcess running;
        synchronized (this) {
            stopping = true;
            notifyAll();
            running = process;
        }
        if (running != null) {
            running.stop(grace);
        }
        firstReady.completeExceptionally(new CityFailure(spec.name() + " was stopped", "start the stack again"));
        thread.interrupt();
        thread.join(THREAD_LIMIT.toMillis());
        become("down", "stopped");
    }
}
