package org.citystream.dashboard.api;

import io.javalin.http.Context;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.model.wire.JsonCodec;

/** {@code GET /api/v1/system}: what the services and jobs say of themselves. */
final class SystemRoute {
    private final SystemWatch watch;

    SystemRoute(SystemWatch watch) {
        this.watch = watch;
    }

    void handle(Context context) {
        context.contentType("application/json").result(JsonCodec.write(watch.look()));
    }
}
