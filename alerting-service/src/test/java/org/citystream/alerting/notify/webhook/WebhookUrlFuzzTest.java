package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;

/**
 * Coverage-guided search for URLs that are taken and lead inside, or that other readers take for another host. No name is
 * resolved. {@link WebhookUrlCorpusTest} goes over the kept ones; {@code docs/security.md} has the command.
 */
class WebhookUrlFuzzTest {
    private final WebhookUrl urls = new WebhookUrl(new AddressGuard(List.of()), WebhookUrlFuzzTest::resolved);

    @FuzzTest(maxDuration = "10m")
    void webhookUrl(byte[] bytes) throws UnknownHostException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (urls.problem(text).isPresent()) {
            return;
        }
        HttpUrl url = HttpUrl.get(text);
        assertThat(url.isHttps()).isTrue();
        assertThat(url.username() + url.password()).isEmpty();
        for (InetAddress address : resolved(url.host())) {
            assertThat(address.isAnyLocalAddress()
                            || address.isLoopbackAddress()
                            || address.isLinkLocalAddress()
                            || address.isSiteLocalAddress()
                            || address.isMulticastAddress())
                    .as("%s leads to %s", text, address)
                    .isFalse();
        }
        assertThat(hostOfAnotherReader(text, url.host())).isEqualTo(url.host());
    }

    /** Literal addresses as themselves, every name as one that is public. */
    private static List<InetAddress> resolved(String host) throws UnknownHostException {
        boolean literal = host.contains(":") || host.matches("[0-9.]+");
        return List.of(
                literal
                        ? InetAddress.getByName(host)
                        : InetAddress.getByAddress(host, new byte[] {93, (byte) 184, (byte) 216, 34}));
    }

    /** The host in the eyes of {@link URI}; ours where it sees none, or spells it in brackets or with escapes. */
    private static String hostOfAnotherReader(String text, String ours) {
        try {
            String host = new URI(text).getHost();
            return host == null || host.startsWith("[") || host.contains("%") ? ours : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return ours;
        }
    }
}
