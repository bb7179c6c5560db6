package org.citystream.stack.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.StackState.ServiceState;

/** Keeps a set of services running until it is told to stop. */
public final class Supervisor {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Map<String, SupervisedService> services = new LinkedHashMap<>();
    private final Consumer<List<ServiceState>> listener;

    /**
     * Nothing is started yet.
     *
     * @param specs each after those it needs
     * @param milestones what else services may need, by name
     * @param listener hears of every change, on any thread
     */
    public Supervisor(
            List<ServiceSpec> specs,
            Map<String, CompletableFuture<Void>> milestones,
            Consumer<List<ServiceState>> listener) {
        this.listener = listener;
        for (ServiceSpec spec : specs) {
            List<? extends CompletableFuture<?>> needs = spec.needs().stream()
                    .map(need -> milestones.containsKey(need) ? milestones.get(need) : ready(need))
                    .toList();
            services.put(spec.name(), new SupervisedService(spec, needs, this::changed));
        }
    }

    private CompletableFuture<Duration> ready(String name) {
        SupervisedService service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("no service " + name + " comes before those that need it");
        }
        return service.firstReady();
    }

    private void changed() {
        listener.accept(states());
    }

    public List<ServiceState> states() {
        return services.values().stream().map(SupervisedService::state).toList();
    }

    /** Starts all of them, each as soon as what it needs is ready. Returns at once. */
    public void start() {
        services.values().forEach(SupervisedService::start);
    }

    /** Hears of each service that becomes ready the first time, with the time it took. */
    public void whenReady(BiConsumer<String, Duration> heard) {
        services.values()
                .forEach(
                        service -> service.firstReady().thenAccept(duration -> heard.accept(service.name(), duration)));
    }

    /** Returns when the service is ready the first time. */
    public void awaitReady(String name) throws InterruptedException {
        await(ready(name));
    }

    /**
     * Returns when all are ready.
     *
     * @throws CityFailure as soon as one has been given up
     */
    public void awaitAllReady() throws InterruptedException {
        CompletableFuture<Object> firstFailure = new CompletableFuture<>();
        List<CompletableFuture<Duration>> all = new ArrayList<>();
        for (SupervisedService service : services.values()) {
            all.add(service.firstReady().whenComplete((ready, failure) -> {
                if (failure != null) {
                    firstFailure.completeExceptionally(failure);
                }
            }));
        }
        CompletableFuture<Void> allReady = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        await(CompletableFuture.anyOf(allReady, firstFailure));
    }

    private static void await(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause != null && !(cause instanceof CityFailure) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof CityFailure failure ? failure : new IllegalStateException(e);
        }
    }

    /** Stops every service, one group after the other, those of a group together. */
    public void stop(List<List<String>> groups) throws InterruptedException {
        for (List<String> group : groups) {
            List<Thread> stops = new ArrayList<>();
            for (String name : group) {
                SupervisedService service = services.get(name);
                if (service != null) {
                    Thread stop = new Thread(() -> stop(service), "stop-" + name);
                    stop.start();
                    stops.add(stop);
                }
            }
            for (Thread stop : stops) {
                stop.join();
            }
        }
    }

    private static void stop(SupervisedService service) {
        try {
            service.stop(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
