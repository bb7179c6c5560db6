package org.citystream.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.CertificateAuthority.Identity;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The brokers' configurations of docs/security.md: four identities on six topics and six filters, and those who must stay
 * outside.
 */
class BrokerPermissionsTest {
    private static final String GATEWAY = "citystream-gateway-0";
    private static final String OPERATOR = "citystream-operator";
    private static final List<String> TOPICS = List.of(
            "city/lindholm/traffic/loop-1",
            "city/lindholm/traffic/loop-2",
            "city/lindholm/air/air-7",
            "city/clock",
            "citystream/gateway/" + GATEWAY + "/sounding",
            "v3/app/devices/loop-1/up");
    /** Who may publish where, in the order of {@link #TOPICS}. */
    private static final Map<String, String> MAY_PUBLISH =
            new TreeMap<>(Map.of("loop-1", "x.....", "air-7", "..x...", GATEWAY, "....x.", OPERATOR, "xxx..."));

    private static final List<String> FILTERS = List.of(
            "#",
            "city/#",
            "city/lindholm/traffic/loop-1",
            "city/+/air/air-7",
            "citystream/gateway/" + GATEWAY + "/#",
            "v3/#");
    /** Who may subscribe to what, in the order of {@link #FILTERS}, with a broker that refuses. */
    private static final Map<String, String> MAY_SUBSCRIBE =
            new TreeMap<>(Map.of("loop-1", "......", "air-7", "......", GATEWAY, ".xxxx.", OPERATOR, "......"));
    /** Who hears what of {@link #TOPICS}, whatever a broker says to a subscription. */
    private static final Map<String, String> HEARS =
            new TreeMap<>(Map.of("loop-1", "......", "air-7", "......", GATEWAY, "xxx.x.", OPERATOR, "......"));

    @TempDir
    Path directory;

    private CertificateAuthority authority;

    @BeforeEach
    void found() {
        authority = new CertificateAuthority(directory, "city");
    }

    @Test
    void mosquittosAcl() throws Exception {
        try (SecuredBroker broker = SecuredBroker.mosquitto(directory, authority)) {
            assertThat(published(broker)).isEqualTo(MAY_PUBLISH);
            assertThat(heard(broker)).isEqualTo(HEARS);
            strangersStayOutside(broker);
            whoAsksForAnothersSessionGetsHisOwn(broker);
        }
    }

    @Test
    void hiveMqsExtension() throws Exception {
        try (SecuredBroker broker = SecuredBroker.hiveMq(directory, authority)) {
            assertThat(published(broker)).isEqualTo(MAY_PUBLISH);
            assertThat(subscribed(broker)).isEqualTo(MAY_SUBSCRIBE);
            assertThat(heard(broker)).isEqualTo(HEARS);
            strangersStayOutside(broker);
            whoAsksForAnothersSessionIsRefused(broker);
        }
    }

    @Test
    void whoseCertificateIsRevokedStaysOutsideMosquitto() throws Exception {
        Identity stolen = authority.issue("loop-1");
        Identity renewed = authority.issue("loop-1");
        try (SecuredBroker broker = SecuredBroker.mosquitto(
                directory, authority, authority.issue("broker"), "crlfile " + authority.revoke(stolen))) {
            assertRefused(broker.url(), "loop-1", stolen);
            try (TlsClient sensor = new TlsClient(broker.url(), "loop-1", authority.certificate(), renewed)) {
                assertThat(sensor.publish(TOPICS.get(0), "{}")).isLessThan(0x80);
            }
        }
    }

    private Map<String, String> published(SecuredBroker broker) throws Exception {
        Map<String, String> published = new TreeMap<>();
        for (String name : MAY_PUBLISH.keySet()) {
            StringBuilder row = new StringBuilder();
            for (String topic : TOPICS) {
                // A broker may end the connection of who is refused: one for each cell.
                try (TlsClient client = as(broker, name)) {
                    row.append(client.publish(topic, "{}") < 0x80 ? 'x' : '.');
                }
            }
            published.put(name, row.toString());
        }
        return published;
    }

    private Map<String, String> subscribed(SecuredBroker broker) throws Exception {
        Map<String, String> subscribed = new TreeMap<>();
        for (String name : MAY_SUBSCRIBE.keySet()) {
            try (TlsClient client = as(broker, name)) {
                subscribed.put(name, row(FILTERS, client::subscribe));
            }
        }
        return subscribed;
    }

    /** Of what the operator and the gateway may publish, which is all that anybody may. */
    private Map<String, String> heard(SecuredBroker broker) throws Exception {
        Map<String, TlsClient> clients = new TreeMap<>();
        try {
            for (String name : HEARS.keySet()) {
                TlsClient client = as(broker, name);
                clients.put(name, client);
                FILTERS.forEach(client::subscribe);
            }
            TlsClient gateway = requireNonNull(clients.get(GATEWAY));
            for (String topic : TOPICS.subList(0, 3)) {
                requireNonNull(clients.get(OPERATOR)).publish(topic, "{}");
            }
            gateway.publish(TOPICS.get(4), "{}");
            await().until(() -> row(TOPICS, gateway.received()::contains).equals(HEARS.get(GATEWAY)));
            Map<String, String> heard = new TreeMap<>();
            clients.forEach((name, client) -> {
                // What the broker had sent before its answer is there when the answer is.
                client.subscribe("nothing/here");
                heard.put(name, row(TOPICS, client.received()::contains));
            });
            return heard;
        } finally {
            for (TlsClient client : clients.values()) {
                client.close();
            }
        }
    }

    private static String row(List<String> columns, Predicate<String> holds) {
        return columns.stream().map(column -> holds.test(column) ? "x" : ".").collect(Collectors.joining());
    }

    private TlsClient as(SecuredBroker broker, String name) throws Exception {
        return new TlsClient(broker.url(), name, authority.certificate(), authority.issue(name));
    }

    private void strangersStayOutside(SecuredBroker broker) throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Identity foreign = new CertificateAuthority(elsewhere, "foreign").issue("loop-1");
        assertRefused(broker.url(), "loop-1", null);
        assertRefused(broker.url(), "loop-1", foreign);
        assertRefused(broker.url(), "loop-1", CertificateAuthority.selfSigned(elsewhere, "loop-1"));
        assertRefused(broker.url(), "loop-1", authority.issueExpired("loop-1"));
        assertRefused(broker.url().replace("ssl:", "tcp:"), "loop-1", null);
    }

    private void assertRefused(String url, String clientId, @Nullable Identity identity) {
        assertThatThrownBy(() -> new TlsClient(url, clientId, authority.certificate(), identity).close())
                .isInstanceOf(MqttException.class);
    }

    private void whoAsksForAnothersSessionGetsHisOwn(SecuredBroker broker) throws Exception {
        try (TlsClient gateway = as(broker, GATEWAY);
                TlsClient thief =
                        new TlsClient(broker.url(), GATEWAY, authority.certificate(), authority.issue("loop-1"))) {
            assertThat(thief.publish(TOPICS.get(0), "{}")).isLessThan(0x80);
            assertUndisturbed(gateway);
        }
    }

    private void whoAsksForAnothersSessionIsRefused(SecuredBroker broker) throws Exception {
        try (TlsClient gateway = as(broker, GATEWAY)) {
            assertRefused(broker.url(), GATEWAY, authority.issue("loop-1"));
            assertUndisturbed(gateway);
        }
    }

    private static void assertUndisturbed(TlsClient gateway) throws MqttException {
        assertThat(gateway.publish(TOPICS.get(4), "")).isLessThan(0x80);
        assertThat(gateway.isConnected()).isTrue();
    }
}
