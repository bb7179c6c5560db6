package org.citystream.benchmarks.alerting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.benchmarks.harness.Slowdown;

/** A webhook's receiver, in the benchmark's own process: knows alerts by the number in their subject. */
final class Listener implements AutoCloseable {
    /** What subjects begin with; a number follows. */
    static final String SUBJECT = "bench-";

    private static final Pattern NUMBER = Pattern.compile(SUBJECT + "(\\d+)");
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final HttpServer server;
    private final Slowdown slowdown;
    private final AtomicLongArray heardNanos;
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong slowdownNanos = new AtomicLong();

    private Listener(HttpServer server, int most, Slowdown slowdown) {
        this.server = server;
        this.slowdown = slowdown;
        this.heardNanos = new AtomicLongArray(most);
    }

    /**
     * Starts it.
     *
     * @param most alerts that it will hear of
     */
    static Listener start(int most, Slowdown slowdown) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Listener listener = new Listener(server, most, slowdown);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", listener::hear);
        server.start();
        return listener;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        long now = System.nanoTime();
        exchange.sendResponseHeaders(200, -1);
        messages.incrementAndGet();
        Matcher numbers = NUMBER.matcher(body);
        while (numbers.find()) {
            if (heardNanos.compareAndSet(Integer.parseInt(numbers.group(1)), 0, now)) {
                slowDown();
                heard.incrementAndGet();
            }
        }
    }

    private void slowDown() {
        long before = THREADS.getCurrentThreadCpuTime();
        slowdown.spend();
        slowdownNanos.addAndGet(THREADS.getCurrentThreadCpuTime() - before);
    }

    /** CPU time of the deliberate slowdown. */
    long slowdownNanos() {
        return slowdownNanos.get();
    }

    void await(int count, Duration patience) throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (heard.get() < count) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(heard.get() + " of " + count + " alerts were heard of");
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    int messages() {
        return messages.get();
    }

    /** Of {@link System#nanoTime}; 0: not heard of. */
    long heardNanos(int alert) {
        return heardNanos.get(alert);
    }

    /** Of all that was heard of. */
    String digest() {
        int[] numbers = java.util.stream.IntStream.range(0, heardNanos.length())
                .filter(alert -> heardNanos.get(alert) != 0)
                .toArray();
        return numbers.length + " alerts, hash " + Integer.toHexString(Arrays.hashCode(numbers));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
