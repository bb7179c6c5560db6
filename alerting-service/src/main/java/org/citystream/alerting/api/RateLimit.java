package org.citystream.alerting.api;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many requests a second from each address. */
final class RateLimit {
    /** The address that has been quiet for longest makes room for another one. */
    private static final int MOST_ADDRESSES = 10_000;

    private final RateLimiterConfig config;
    private final Map<String, RateLimiter> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    RateLimit(int perSecond) {
        config = RateLimiterConfig.custom()
                .limitForPeriod(perSecond)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /** @throws ProblemException 429 if there were too many */
    void check(Context context) {
        if (!limiter(context.ip()).acquirePermission()) {
            context.header("Retry-After", "1");
            throw new ProblemException(
                    429, "more than " + config.getLimitForPeriod() + " requests a second from " + context.ip());
        }
    }

    private RateLimiter limiter(String address) {
        synchronized (byAddress) {
            return byAddress.computeIfAbsent(address, a -> RateLimiter.of(a, config));
        }
    }
}
