package org.citystream.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class BrokerAddressesTest {
    private final BrokerAddresses addresses = new BrokerAddresses();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9092",
                "kafka-0.kafka.svc:9093, kafka-1.kafka.svc:9093",
                "[::1]:9092",
                "SASL_SSL://broker.example:9094"
            })
    void whatKafkasClientsTakeIsTaken(String text) {
        assertThat(addresses.convert(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "broker:", ":9092", "broker:port", "a:1,,b:2", "a:1 b:2", ""})
    void anythingElseIsRefusedWithWhatIsWanted(String text) {
        assertThatThrownBy(() -> addresses.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("must be HOST:PORT, or several separated by commas, but is '" + text + "'");
    }
}
