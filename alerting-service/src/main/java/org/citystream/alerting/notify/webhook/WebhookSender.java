package org.citystream.alerting.notify.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Sender;
import org.jspecify.annotations.Nullable;

/**
 * Sends signed webhooks. Only 2xx is success; redirects are not followed and no proxy is used, as both would reach
 * addresses that nobody has checked.
 */
public final class WebhookSender implements Sender {
    /** From the first look-up to the last byte of the answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    static final int MAX_RESPONSE_BYTES = 64 * 1024;
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient encrypted;
    private final OkHttpClient plain;
    private final InstantSource clock;

    /** @param clock wall clock */
    public WebhookSender(AddressGuard guard, InstantSource clock) {
        this(guard, Dns.SYSTEM, clock, TIMEOUT);
    }

    WebhookSender(AddressGuard guard, Dns resolver, InstantSource clock, Duration timeout) {
        this.clock = clock;
        Dispatcher threads = new Dispatcher();
        // Who may have how many requests under way is the dispatcher's decision.
        threads.setMaxRequests(Integer.MAX_VALUE);
        threads.setMaxRequestsPerHost(Integer.MAX_VALUE);
        OkHttpClient base = new OkHttpClient.Builder()
                .dispatcher(threads)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                // A repeated POST would be an attempt that nobody has recorded.
                .retryOnConnectionFailure(false)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
        encrypted = guarded(base, resolver, guard::permits, ConnectionSpec.MODERN_TLS);
        plain = guarded(base, resolver, guard::permitsPlain, ConnectionSpec.CLEARTEXT);
    }

    private static OkHttpClient guarded(
            OkHttpClient base, Dns resolver, Predicate<InetAddress> permitted, ConnectionSpec specification) {
        return base.newBuilder()
                .dns(new GuardedDns(resolver, permitted))
                .socketFactory(new GuardedSocketFactory(permitted))
                .connectionSpecs(List.of(specification))
                .build();
    }

    @Override
    public void send(Delivery delivery, Consumer<Attempt> done) {
        Instant startedAt = clock.instant();
        HttpUrl url = HttpUrl.parse(delivery.endpoint().url());
        if (url == null) {
            done.accept(failed(startedAt, "the endpoint's URL cannot be read"));
            return;
        }
        Call call = (url.isHttps() ? encrypted : plain).newCall(request(delivery, url, startedAt));
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failedCall, IOException e) {
                done.accept(failed(startedAt, FailureReason.of(e, url.host())));
            }

            @Override
            public void onResponse(Call answeredCall, Response response) {
                done.accept(answered(startedAt, answeredCall, response));
            }
        });
    }

    private static Request request(Delivery delivery, HttpUrl url, Instant now) {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        List<String> secrets = delivery.endpoint().secrets().at(now);
        return new Request.Builder()
                .url(url)
                .header("User-Agent", "CityStream-Webhooks/1.0")
                .header("webhook-id", delivery.webhookId())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", WebhookSignature.sign(secrets, delivery.webhookId(), now, body))
                .post(RequestBody.create(body, JSON))
                .build();
    }

    private Attempt answered(Instant startedAt, Call call, Response response) {
        try (response) {
            int status = response.code();
            String text = beginning(call, response);
            boolean success = status >= 200 && status < 300;
            return new Attempt(
                    startedAt,
                    since(startedAt),
                    status,
                    success ? null : "HTTP " + status + (response.isRedirect() ? ", redirects are not followed" : ""),
                    text,
                    RetryAfter.parse(response.header("Retry-After"), clock.instant()));
        }
    }

    /**
     * Reads no more than the cap, of which an attempt keeps the beginning for people. The status has been said by then: an
     * answer that breaks off in its body is an answer all the same.
     */
    private static @Nullable String beginning(Call call, Response response) {
        try {
            byte[] bytes = response.body().byteStream().readNBytes(MAX_RESPONSE_BYTES);
            if (!response.body().source().exhausted()) {
                // Else closing would read on for a while, to use the connection again.
                call.cancel();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    private Attempt failed(Instant startedAt, String error) {
        return new Attempt(startedAt, since(startedAt), null, error, null, null);
    }

    private Duration since(Instant startedAt) {
        return Duration.between(startedAt, clock.instant());
    }

    /** Cuts off what is under way. */
    @Override
    public void close() {
        plain.dispatcher().cancelAll();
        ExecutorService threads = plain.dispatcher().executorService();
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        plain.connectionPool().evictAll();
    }
}
