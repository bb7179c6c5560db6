package org.citystream.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.ServerProcess;
import org.jspecify.annotations.Nullable;

/** A broker and a Kafka of one test class, each a process that may be taken away, and gateways between them. */
final class City implements AutoCloseable {
    static {
        // A Paho client of a test that is closed at work lets its threads end with an exception: nothing that others
        // wait for.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private final Broker broker;
    private final ServerProcess kafka;

    /** With HiveMQ CE. */
    City(Path directory) {
        this(directory, Broker.hiveMq(directory));
    }

    City(Path directory, Broker broker) {
        this.broker = broker;
        this.kafka = ServerProcess.kafka(directory.resolve("kafka"));
        kafka.start();
        topics().create();
    }

    KafkaSettings settings() {
        return new KafkaSettings("127.0.0.1:" + kafka.port());
    }

    Broker broker() {
        return broker;
    }

    ServerProcess kafka() {
        return kafka;
    }

    String mqttUrl() {
        return broker.url();
    }

    Gateway gateway(String... more) {
        return gateway(InstantSource.system(), more);
    }

    /** One whose host has that clock. */
    Gateway gateway(InstantSource wall, String... more) {
        try {
            String[] arguments = arguments(more).toArray(String[]::new);
            return Gateway.start(Configuration.load(new GatewayConfig(), arguments, Map.of()), wall, () -> {});
        } catch (ConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    /** The command line of a gateway in this city. */
    List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        addUnlessGiven(arguments, "--mqtt-url", mqttUrl());
        addUnlessGiven(arguments, "--http-port", "0");
        arguments.addAll(List.of("--kafka-bootstrap-servers=127.0.0.1:" + kafka.port(), "--drain-timeout=PT5S"));
        return arguments;
    }

    private static void addUnlessGiven(List<String> arguments, String option, String value) {
        if (arguments.stream().noneMatch(argument -> argument.startsWith(option + "="))) {
            arguments.add(option + "=" + value);
        }
    }

    private KafkaTopics topics() {
        return new KafkaTopics(settings());
    }

    void register(Sensor sensor) {
        topics().write(Topics.SENSORS, sensor.key(), JsonCodec.write(sensor));
    }

    /** All that a topic holds now, ticks included, in partition order. */
    List<ConsumerRecord<@Nullable String, byte[]>> records(Topic topic) {
        return topics().records(topic);
    }

    /** The readings among them. */
    List<ConsumerRecord<@Nullable String, byte[]>> readings(Topic topic) {
        return topics().readings(topic);
    }

    static boolean isTick(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(ClockTick.HEADER) != null;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Of a sensor that may have any name. */
    static String readingOfAny(String sensorId, Instant observedAt, long sequence) {
        String json = new String(JsonStringEncoder.getInstance().quoteAsString(sensorId));
        return reading(json, observedAt, sequence);
    }

    static String reading(String sensorId, Instant observedAt, long sequence) {
        return """
                {"sensorId":"%s","observedAt":"%s","periodSeconds":60,"bootId":"b1","sequence":%d,
                 "laneId":1,"vehicleCount":14,"averageSpeedKmh":37.5,"occupancy":0.21}""".formatted(sensorId, observedAt, sequence);
    }

    @Override
    public void close() {
        broker.close();
        kafka.close();
    }
}
