package org.citystream.alerting.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import org.citystream.alerting.access.Role;
import org.citystream.alerting.access.Token;
import org.citystream.alerting.access.TokenSecret;
import org.citystream.alerting.access.Tokens;
import org.citystream.model.wire.WireName;

/** {@code /api/v1/tokens}. */
final class TokenRoutes {
    private static final String TOKENS = "/api/v1/tokens";

    private final Tokens tokens;
    private final Changes changes;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param clock wall clock */
    TokenRoutes(Tokens tokens, Changes changes, InstantSource clock) {
        this.tokens = tokens;
        this.changes = changes;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(TOKENS, this::list, Needs.ADMIN);
        config.routes.post(TOKENS, changes.of("token.create", this::create), Needs.ADMIN);
        config.routes.delete(TOKENS + "/{id}", changes.of("token.remove", this::remove), Needs.ADMIN);
    }

    private void list(Context context) {
        Answers.json(
                context,
                200,
                Answers.whole(tokens.list().stream().map(TokenRoutes::document).toList()));
    }

    private void create(Context context) {
        Body body = Body.of(context);
        if (body.text("name").strip().equalsIgnoreCase(Authentication.FIRST.name())) {
            throw ProblemException.invalid(
                    "name", "'" + Authentication.FIRST.name() + "' is whoever holds the token in the file");
        }
        String secret = TokenSecret.generate(random);
        Token token = new Token(
                NewId.of("tok", random),
                body.text("name"),
                role(body.text("role")),
                TokenSecret.hash(secret),
                Authentication.of(context).name(),
                clock.instant());
        tokens.add(token);
        context.header("Location", TOKENS + "/" + token.id());
        // The only time that it is shown.
        Answers.json(context, 201, document(token).put("token", secret));
    }

    private static Role role(String name) {
        try {
            return WireName.parse(Role.class, name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "role",
                    "must be one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Role.values())
                                            .map(Role::wireName)
                                            .toList()));
        }
    }

    private void remove(Context context) {
        String id = context.pathParam("id");
        if (!tokens.remove(id)) {
            throw ProblemException.notFound("token", id);
        }
        context.status(204);
    }

    private static ObjectNode document(Token token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", token.id())
                .put("name", token.name())
                .put("role", token.role().wireName())
                .put("createdBy", token.createdBy())
                .put("createdAt", token.createdAt().toString());
    }
}
