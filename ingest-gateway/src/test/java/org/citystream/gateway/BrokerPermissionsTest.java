package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.CertificateAuthority.Identity;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brokers' configurations of docs/security.md: four identities on six topics, and those who must stay outside. */
class BrokerPermissionsTest {
    private static final String GATEWAY = "citystream-gateway-0";
    private static final List<String> TOPICS = List.of(
            "city/lindholm/traffic/loop-1",
            "city/lindholm/traffic/loop-2",
            "city/lindholm/air/air-7",
            "city/clock",
            "citystream/gateway/" + GATEWAY + "/sounding",
            "v3/app/devices/loop-1/up");
    /** Who may publish where, in the order of {@link #TOPICS}. */
    private static final Map<String, String> MAY_PUBLISH = new TreeMap<>(
            Map.of("loop-1", "x.....", "air-7", "..x...", GATEWAY, "....x.", "citystream-operator", "xxx..."));

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
            matrix(broker);
            strangersStayOutside(broker);
            nobodyTakesOverAnothersSession(broker);
        }
    }

    @Test
    void hiveMqsExtension() throws Exception {
        try (SecuredBroker broker = SecuredBroker.hiveMq(directory, authority)) {
            matrix(broker);
            strangersStayOutside(broker);
        }
    }

    private void matrix(SecuredBroker broker) throws Exception {
        Path ca = authority.certificate();
        Map<String, String> published = new TreeMap<>();
        try (TlsClient eavesdropper = new TlsClient(broker.url(), "loop-2", ca, authority.issue("loop-2"))) {
            eavesdropper.subscribe("#");
            for (String name : MAY_PUBLISH.keySet()) {
                published.put(name, row(broker, name));
            }
            assertThat(eavesdropper.received()).isEmpty();
        }
        assertThat(published).isEqualTo(MAY_PUBLISH);
        try (TlsClient gateway = new TlsClient(broker.url(), GATEWAY, ca, authority.issue(GATEWAY));
                TlsClient sensor = new TlsClient(broker.url(), "loop-1", ca, authority.issue("loop-1"))) {
            assertThat(gateway.subscribe("city/#")).isTrue();
            sensor.publish(TOPICS.get(0), "{}");
            await().until(() -> gateway.received().equals(List.of(TOPICS.get(0))));
        }
    }

    /** An x for each topic on which the broker lets that identity publish. */
    private String row(SecuredBroker broker, String name) throws Exception {
        StringBuilder row = new StringBuilder();
        for (String topic : TOPICS) {
            // A broker may end the connection of who is refused: one for each cell.
            try (TlsClient client = new TlsClient(broker.url(), name, authority.certificate(), authority.issue(name))) {
                row.append(client.publish(topic, "{}") < 0x80 ? 'x' : '.');
            }
        }
        return row.toString();
    }

    private void strangersStayOutside(SecuredBroker broker) throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Identity foreign = new CertificateAuthority(elsewhere, "foreign").issue("loop-1");
        assertRefused(broker.url(), null);
        assertRefused(broker.url(), foreign);
        assertRefused(broker.url(), authority.issueExpired("loop-1"));
        assertRefused(broker.url().replace("ssl:", "tcp:"), null);
    }

    private void assertRefused(String url, @Nullable Identity identity) {
        assertThatThrownBy(() -> new TlsClient(url, "loop-1", authority.certificate(), identity).close())
                .isInstanceOf(MqttException.class);
    }

    private void nobodyTakesOverAnothersSession(SecuredBroker broker) throws Exception {
        Path ca = authority.certificate();
        try (TlsClient gateway = new TlsClient(broker.url(), GATEWAY, ca, authority.issue(GATEWAY));
                TlsClient thief = new TlsClient(broker.url(), GATEWAY, ca, authority.issue("loop-1"))) {
            assertThat(thief.publish(TOPICS.get(0), "{}")).isLessThan(0x80);
            assertThat(gateway.publish(TOPICS.get(4), "")).isLessThan(0x80);
            assertThat(gateway.isConnected()).isTrue();
        }
    }
}
