package org.citystream.dashboard.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/settings}: what of the configuration the page needs. */
final class SettingsRoute {
    private final Answer answer;

    SettingsRoute(@Nullable Tiles tiles) {
        this.answer = new Answer(tiles);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answer(@Nullable Tiles tiles) {}

    void handle(Context context) {
        context.contentType("application/json").result(JsonCodec.write(answer));
    }
}
