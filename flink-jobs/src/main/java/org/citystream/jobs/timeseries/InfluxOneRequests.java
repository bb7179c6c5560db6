package org.citystream.jobs.timeseries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Turns the client's writes into those of InfluxDB 1, which knows neither buckets nor tokens nor the path. A network
 * interceptor: only there the request has its authorization.
 */
final class InfluxOneRequests implements Interceptor {
    private static final String TOKEN = "Token ";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        HttpUrl url = request.url();
        if (!url.encodedPath().endsWith("/api/v2/write")) {
            return chain.proceed(request);
        }
        String[] bucket = String.valueOf(url.queryParameter("bucket")).split("/", 2);
        HttpUrl.Builder write = url.newBuilder()
                .encodedPath(url.encodedPath().replace("/api/v2/write", "/write"))
                .query(null)
                .addQueryParameter("db", bucket[0])
                // Timestamps are in nanoseconds, always.
                .addQueryParameter("precision", "n");
        if (bucket.length > 1) {
            write.addQueryParameter("rp", bucket[1]);
        }
        Request.Builder rewritten = request.newBuilder().url(write.build());
        String user = user(request.header("Authorization"));
        if (user != null) {
            int colon = user.indexOf(':');
            rewritten.header(
                    "Authorization",
                    Credentials.basic(user.substring(0, colon), user.substring(colon + 1), StandardCharsets.UTF_8));
        }
        return chain.proceed(rewritten.build());
    }

    private static @Nullable String user(@Nullable String authorization) {
        return authorization != null && authorization.startsWith(TOKEN) && authorization.indexOf(':') > 0
                ? authorization.substring(TOKEN.length())
                : null;
    }
}
