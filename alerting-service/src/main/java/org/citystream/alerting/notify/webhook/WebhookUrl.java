package org.citystream.alerting.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * What is wrong with a URL before anything is sent to it. A courtesy to whoever registers it: the guard that counts
 * stands where connections are made.
 */
public final class WebhookUrl {
    private static final int MAX_LENGTH = 2048;

    /** A host whose last part is a number is an address, and resolvers differ on what the odd spellings mean. */
    private static final Pattern NUMERIC_HOST = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern DOTTED_QUAD = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

    private final AddressGuard guard;
    private final Dns resolver;

    public WebhookUrl(AddressGuard guard) {
        this(guard, Dns.SYSTEM);
    }

    WebhookUrl(AddressGuard guard, Dns resolver) {
        this.guard = guard;
        this.resolver = resolver;
    }

    /** Why webhooks cannot be sent there; empty if they can, or if the name cannot be resolved just now. */
    public Optional<String> problem(String text) {
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(c -> c <= ' ' || c == 0x7F || c == '\\')) {
            return Optional.of("must be a URL of at most " + MAX_LENGTH + " characters without spaces or backslashes");
        }
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            return Optional.of("must be an https URL such as https://example.org/hook");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return Optional.of("must not carry a user name or password");
        }
        if (url.fragment() != null) {
            return Optional.of("must not carry a fragment");
        }
        if (NUMERIC_HOST.matcher(url.host()).matches()
                && !DOTTED_QUAD.matcher(url.host()).matches()) {
            return Optional.of("must give an address as four decimal numbers, if not as a name");
        }
        return addressProblem(url);
    }

    private Optional<String> addressProblem(HttpUrl url) {
        Predicate<InetAddress> permitted = url.isHttps() ? guard::permits : guard::permitsPlain;
        try {
            boolean allowed = resolver.lookup(url.host()).stream().allMatch(permitted);
            return allowed ? Optional.empty() : Optional.of(refusal(url));
        } catch (UnknownHostException e) {
            return url.isHttps() ? Optional.empty() : Optional.of(refusal(url));
        }
    }

    private static String refusal(HttpUrl url) {
        return url.isHttps()
                ? "leads to an address that webhooks may not be sent to; an operator can allow it with"
                        + " WEBHOOK_ALLOWED_CIDRS"
                : "must be https; http is taken only for addresses that an operator allows with"
                        + " WEBHOOK_ALLOWED_CIDRS";
    }
}
