package org.citystream.alerting.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.citystream.alerting.access.Caller;
import org.citystream.alerting.access.Role;
import org.citystream.alerting.access.TokenSecret;
import org.citystream.alerting.access.Tokens;
import org.jspecify.annotations.Nullable;

/** Finds out who asks, by bearer token, and lets them through if their role is enough. */
final class Authentication {
    private static final String SCHEME = "Bearer ";
    private static final String CALLER = "caller";
    /** Who holds the token in the file; nobody else is called so. */
    static final Caller FIRST = new Caller("administrator", Role.ADMIN);

    private final Tokens tokens;
    private final @Nullable Path adminTokenFile;
    private final boolean readingNeedsToken;

    /**
     * @param adminTokenFile holds the administrator's token, with which the others are made; absent: there is none
     * @param readingNeedsToken whether even alerts are shown to viewers only
     */
    Authentication(Tokens tokens, @Nullable Path adminTokenFile, boolean readingNeedsToken) {
        this.tokens = tokens;
        this.adminTokenFile = adminTokenFile;
        this.readingNeedsToken = readingNeedsToken;
    }

    /** @throws ProblemException if the caller may not use the route */
    void check(Context context) {
        Optional<Role> needed = needed(context);
        if (needed.isEmpty()) {
            caller(context.header("Authorization")).ifPresent(known -> context.attribute(CALLER, known));
            return;
        }
        Caller caller = caller(context.header("Authorization")).orElseThrow(() -> unauthorized(context));
        if (!caller.role().includes(needed.get())) {
            throw new ProblemException(
                    403,
                    caller.name() + " is " + caller.role().wireName() + ", and this needs "
                            + needed.get().wireName());
        }
        context.attribute(CALLER, caller);
    }

    private Optional<Role> needed(Context context) {
        Optional<Role> said =
                context.routeRoles().stream().map(role -> ((Needs) role).role()).findFirst();
        return said.isPresent() || !readingNeedsToken ? said : Optional.of(Role.VIEWER);
    }

    private static ProblemException unauthorized(Context context) {
        context.header("WWW-Authenticate", "Bearer realm=\"citystream\"");
        return new ProblemException(
                401, "this needs the header 'Authorization: Bearer TOKEN' with a token that is known");
    }

    private Optional<Caller> caller(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String secret = header.substring(SCHEME.length()).strip();
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (isFirst(secret)) {
                return Optional.of(FIRST);
            }
        } catch (IOException e) {
            // Perhaps it is one of the others.
            return Optional.of(other(secret)
                    .orElseThrow(() ->
                            new ProblemException(503, "the administrator's token cannot be read: " + e.getMessage())));
        }
        return other(secret);
    }

    private Optional<Caller> other(String secret) {
        return tokens.byHash(TokenSecret.hash(secret)).map(token -> new Caller(token.name(), token.role()));
    }

    /** The file is read anew each time, so that a new token needs no restart. */
    private boolean isFirst(String secret) throws IOException {
        if (adminTokenFile == null) {
            return false;
        }
        byte[] expected = Files.readString(adminTokenFile).strip().getBytes(StandardCharsets.UTF_8);
        return expected.length > 0 && MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), expected);
    }

    /** Whether whoever asks has a token that is known, on a route that is open to everybody. */
    static boolean isKnown(Context context) {
        return context.attribute(CALLER) != null;
    }

    /** Who asks, on a route that needs a role. */
    static Caller of(Context context) {
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException(context.path() + " is open to everybody");
        }
        return caller;
    }
}
