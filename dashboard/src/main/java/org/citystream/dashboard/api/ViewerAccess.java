package org.citystream.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who knows the viewers' token: a browser by a cookie that it gets for the token, since it can send no header with
 * a stream of events; a program by {@code Authorization: Bearer}. The page's own files hold nothing and are open.
 */
final class ViewerAccess {
    static final String SESSION = "/api/v1/session";

    private static final String COOKIE = "citystream-viewer";
    private static final String BEARER = "Bearer ";
    private static final String SIGN_IN = "sign-in.html";
    private static final Set<String> PAGE = Set.of("/", "/index.html");
    private static final int MAX_BODY_BYTES = 4096;
    private static final Duration SIGNED_IN_FOR = Duration.ofDays(30);

    private final String token;
    private final String cookie;

    private ViewerAccess(String token) {
        this.token = token;
        this.cookie = derived(token);
    }

    /** Adds the check to a server that is being configured; without a token everybody is let in. */
    static void addTo(JavalinConfig config, @Nullable String token) {
        if (token == null) {
            config.routes.put(SESSION, context -> context.status(204));
            return;
        }
        ViewerAccess access = new ViewerAccess(token);
        config.routes.before(access::check);
        config.routes.post(SESSION, access::signIn);
        config.routes.put(SESSION, access::stayIn);
        config.routes.delete(SESSION, ViewerAccess::signOut);
    }

    /** What a browser keeps opens nothing but the dashboard, and nothing once the token has changed. */
    private static String derived(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] code = mac.doFinal(COOKIE.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private void check(Context context) {
        if (isSame(context.cookie(COOKIE), cookie) || isSame(bearer(context), token)) {
            return;
        }
        if (PAGE.contains(context.path())) {
            String query = context.queryString();
            context.redirect(SIGN_IN + (query == null ? "" : "?" + query));
            context.skipRemainingHandlers();
        } else if (context.path().startsWith("/api/") && !context.path().equals(SESSION)) {
            throw strangers(context);
        }
    }

    private static Problem strangers(Context context) {
        context.header("WWW-Authenticate", "Bearer realm=\"citystream dashboard\"");
        return new Problem(
                401, "Sign in first", "this needs the viewers' token: as 'Authorization: Bearer', or sign in");
    }

    /** A screen on a wall is never signed in again: the page asks for more time while it is looked at. */
    private void stayIn(Context context) {
        SameOrigin.require(context);
        if (!isSame(context.cookie(COOKIE), cookie)) {
            throw strangers(context);
        }
        context.cookie(signedIn(context)).status(204);
    }

    private static @Nullable String bearer(Context context) {
        String authorization = context.header("Authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : null;
    }

    private static void signOut(Context context) {
        SameOrigin.require(context);
        context.removeCookie(COOKIE).status(204);
    }

    /** Takes as long for a near miss as for a wild guess. */
    private static boolean isSame(@Nullable String given, String expected) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private void signIn(Context context) {
        SameOrigin.require(context);
        if (!isSame(given(context), token)) {
            throw new Problem(401, "Not let in", "that is not the viewers' token");
        }
        context.cookie(signedIn(context)).status(204);
    }

    private static @Nullable String given(Context context) {
        if (context.contentLength() > MAX_BODY_BYTES) {
            throw new Problem(413, "The request is too large", "at most " + MAX_BODY_BYTES + " bytes are taken");
        }
        try {
            JsonNode body = JsonCodec.strict().readTree(context.bodyAsBytes());
            return body.path("token").textValue();
        } catch (IOException e) {
            throw Problem.badRequest("the body must be {\"token\":\"...\"}");
        }
    }

    /** Lax, not strict: a link in a message must open the alert without signing in again. It changes nothing by itself. */
    private Cookie signedIn(Context context) {
        Cookie session = new Cookie(COOKIE, cookie);
        session.setPath("/");
        session.setHttpOnly(true);
        session.setSecure("https".equalsIgnoreCase(context.header("X-Forwarded-Proto")));
        session.setSameSite(SameSite.LAX);
        session.setMaxAge((int) SIGNED_IN_FOR.toSeconds());
        return session;
    }
}
