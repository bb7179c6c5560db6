package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.junit.jupiter.api.Test;

class AlertingConfigTest {
    @Test
    void defaultsFitALocalStack() throws ConfigurationException {
        AlertingConfig config = Configuration.load(new AlertingConfig(), new String[0], Map.of());

        assertThat(config.httpHost).isEqualTo("127.0.0.1");
        assertThat(config.httpPort).isEqualTo(8090);
        assertThat(config.kafka.bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.databaseUrl).isEqualTo("jdbc:postgresql://127.0.0.1:5433/postgres");
        assertThat(config.databaseUser).isEqualTo("postgres");
        assertThat(config.databasePasswordFile).isNull();
        assertThat(config.adminTokenFile).isNull();
        assertThat(config.webhookAllowedCidrs).isEmpty();
        assertThat(config.dashboardUrl).isEqualTo("http://127.0.0.1:8080");
        assertThat(config.publicUrl).isEqualTo("http://127.0.0.1:8090");
        assertThat(config.settlingTime).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.deliveryRetention).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void everySettingIsAnEnvironmentVariable() throws ConfigurationException {
        AlertingConfig config = Configuration.load(
                new AlertingConfig(),
                new String[0],
                Map.ofEntries(
                        Map.entry("HTTP_HOST", "0.0.0.0"),
                        Map.entry("HTTP_PORT", "18090"),
                        Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
                        Map.entry("DATABASE_URL", "jdbc:postgresql://db/alerts"),
                        Map.entry("DATABASE_USER", "alerting"),
                        Map.entry("DATABASE_PASSWORD_FILE", "/run/password"),
                        Map.entry("ADMIN_TOKEN_FILE", "/run/admin.token"),
                        Map.entry("WEBHOOK_ALLOWED_CIDRS", "127.0.0.0/8,::1/128"),
                        Map.entry("DASHBOARD_URL", "https://city.example"),
                        Map.entry("PUBLIC_URL", "https://alerts.example"),
                        Map.entry("SETTLING_TIME", "PT10S"),
                        Map.entry("DELIVERY_RETENTION", "P7D")));

        assertThat(config.httpHost).isEqualTo("0.0.0.0");
        assertThat(config.httpPort).isEqualTo(18090);
        assertThat(config.kafka.bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(config.databaseUrl).isEqualTo("jdbc:postgresql://db/alerts");
        assertThat(config.databaseUser).isEqualTo("alerting");
        assertThat(config.databasePasswordFile).isEqualTo(Path.of("/run/password"));
        assertThat(config.adminTokenFile).isEqualTo(Path.of("/run/admin.token"));
        assertThat(config.webhookAllowedCidrs).hasSize(2);
        assertThat(config.dashboardUrl).isEqualTo("https://city.example");
        assertThat(config.publicUrl).isEqualTo("https://alerts.example");
        assertThat(config.settlingTime).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.deliveryRetention).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void aMalformedRangeIsNamed() {
        assertThatThrownBy(() -> Configuration.load(
                        new AlertingConfig(), new String[0], Map.of("WEBHOOK_ALLOWED_CIDRS", "10.0.0.0/40")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("10.0.0.0/40");
    }
}
