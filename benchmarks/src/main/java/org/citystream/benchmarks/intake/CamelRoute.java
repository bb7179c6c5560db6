package org.citystream.benchmarks.intake;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.model.wire.Topics;

/**
 * Apache Camel from {@code paho-mqtt5} to {@code kafka}, acknowledging after Kafka with the same guarantee as the gateway
 * ({@code acks=all}, idempotent, the same linger), and without what would cost it more for nothing. Looks into no message.
 */
public final class CamelRoute extends IntakeRun {
    private static final String CLIENT_ID = "camel";
    private static final String FROM = "paho-mqtt5:" + FILTER + "?brokerUrl=%s&clientId=" + CLIENT_ID
            + "&qos=1&cleanStart=false&manualAcksEnabled=true&receiveMaximum=" + RECEIVE_MAXIMUM;
    private static final String TO = "kafka:%s?brokers=%s&requestRequiredAcks=all&enableIdempotence=true&lingerMs=2"
            + "&maxInFlightRequest=5&recordMetadata=false"
            + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";

    @Override
    String clientId() {
        return CLIENT_ID;
    }

    @Override
    Intake start(String url, Parameters parameters) throws Exception {
        String kafka = parameters.text(GatewayIntake.KAFKA);
        StoredReadings stored = new StoredReadings(kafka);
        LongAdder done = new LongAdder();
        Slowdown slowdown = parameters.slowdown();
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(FROM.formatted(url))
                        .to(TO.formatted(Topics.READINGS_TRAFFIC.name(), kafka))
                        // Where Kafka has said that it has it.
                        .process(exchange -> {
                            slowdown.spend();
                            done.increment();
                        });
            }
        });
        context.start();
        return new Running(context, done, stored);
    }

    private record Running(CamelContext context, LongAdder counted, StoredReadings stored) implements Intake {
        @Override
        public LongSupplier done() {
            return counted::sum;
        }

        @Override
        public String digest(long count) {
            return stored.digest(count);
        }

        @Override
        public void close() throws Exception {
            context.close();
            stored.close();
        }
    }
}
