package org.citystream.dashboard.api;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers that hold for a moment: when something happens, every screen of a city asks the same at once, and to the service
 * that is asked all of them are one client with one limit. Thread-safe.
 */
final class SharedAnswers {
    private static final Duration FRESH = Duration.ofMillis(500);

    private record Held(CompletableFuture<HttpResponse<byte[]>> answer, long sinceNanos) {
        boolean isFresh(long nowNanos) {
            return nowNanos - sinceNanos <= FRESH.toNanos() && !answer.isCompletedExceptionally();
        }
    }

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** The answer to a question, asked anew unless somebody has just asked it. */
    CompletableFuture<HttpResponse<byte[]>> to(String question, Supplier<CompletableFuture<HttpResponse<byte[]>>> ask) {
        long now = System.nanoTime();
        held.values().removeIf(each -> !each.isFresh(now));
        return held.computeIfAbsent(question, unasked -> new Held(ask.get(), now))
                .answer();
    }

    /** Something has changed: what was answered before holds no longer. */
    void clear() {
        held.clear();
    }
}
