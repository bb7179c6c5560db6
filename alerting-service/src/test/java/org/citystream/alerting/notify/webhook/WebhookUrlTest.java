package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
    /** Knows example.org and nothing else by name. */
    private static final Dns RESOLVER = host -> {
        if (host.equals("example.org")) {
            return List.of(InetAddress.getByName("93.184.216.34"));
        }
        if (host.equals("inside.example.org")) {
            return List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("10.0.0.5"));
        }
        if (host.matches("[0-9a-fA-F.:x]+") || host.equals("localhost")) {
            return List.of(InetAddress.getAllByName(host));
        }
        throw new UnknownHostException(host);
    };

    private final WebhookUrl strict = new WebhookUrl(new AddressGuard(List.of()), RESOLVER);
    private final WebhookUrl laptop = new WebhookUrl(
            new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1/128"))), RESOLVER);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/hook",
                "https://example.org:8443/hook?x=1",
                "https://93.184.216.34/hook",
                "https://not-resolvable-yet.example/hook"
            })
    void publicHttpsIsTaken(String url) {
        assertThat(strict.problem(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hook",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "javascript:alert(1)",
                "http://example.org/hook",
                "http://not-resolvable.example/",
                "//example.org/",
                "https://",
                "https://user@example.org/",
                "https://user:pass@example.org/",
                "https://example.org@127.0.0.1/",
                "https://example.org/#127.0.0.1",
                "https://example.org\\@127.0.0.1/",
                "https://example.org/ hook",
                "https://example.org/\r\nHost: inside",
                "https://example.org/\thook",
                "https://localhost/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://256.0.0.1/",
                "https://0/",
                "https://2130706433/",
                "https://017700000001/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fe80::1]/",
                "https://10.0.0.1:443/",
                "https://inside.example.org/",
                "http://[::1]:8080/",
                "https://192.168.1.1/",
                "https://172.16.0.9/",
                "https://100.100.100.200/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[fd00:ec2::254]/"
            })
    void everythingElseIsRefused(String url) {
        assertThat(strict.problem(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9000/hook",
                "http://[::1]:9000/",
                "http://localhost:9000/",
                "https://127.0.0.1/"
            })
    void onALaptopLoopbackIsTakenEvenPlain(String url) {
        assertThat(laptop.problem(url)).isEmpty();
    }

    @Test
    void onALaptopTheRestIsAsStrict() {
        assertThat(laptop.problem("http://example.org/")).isPresent();
        assertThat(laptop.problem("https://10.0.0.1/")).isPresent();
    }
}
