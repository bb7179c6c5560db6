package org.citystream.embedded;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * HiveMQ CE, MQTT 5 and 3.1.1, without users: whoever reaches loopback may publish. Sessions, queues and retained messages
 * survive a restart on the same directory, also after {@code kill -9}. The TCP sockets it accepts have Nagle's algorithm
 * off; clients must do likewise or lose nine tenths of the rate.
 */
public final class MqttBroker implements AutoCloseable {
    /** Messages kept for one absent session. HiveMQ's 1,000 would silently drop what it has acknowledged. */
    public static final long MAX_QUEUED_MESSAGES = 5_000_000;

    /**
     * Unacknowledged messages on their way to one client. HiveMQ's 50 make a gateway that acknowledges after 5 ms
     * wait at 5,000 messages a second.
     */
    private static final int MAX_IN_FLIGHT = 1_000;

    /** Files each store is divided into; HiveMQ's 64 are for many cores. Data are only found again with the same number. */
    private static final int STORE_PARTS = 8;

    /** For payloads not yet on disk, and as much again for those read back, bytes. */
    private static final long PAYLOAD_MEMORY = 32L * 1024 * 1024;

    private final EmbeddedHiveMQ broker;
    private final int port;

    private MqttBroker(EmbeddedHiveMQ broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    /**
     * Starts and returns when the broker accepts connections.
     *
     * @param dataDir created when new; one broker at a time
     * @param port 0: any free one
     */
    public static MqttBroker start(Path dataDir, int port) {
        int listen = FreePort.orElse(port);
        size();
        try {
            Path configuration = Files.createDirectories(dataDir.resolve("conf"));
            Files.writeString(configuration.resolve("config.xml"), configurationXml(listen));
            EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(configuration)
                    .withDataFolder(Files.createDirectories(dataDir.resolve("data")))
                    .withExtensionsFolder(Files.createDirectories(dataDir.resolve("extensions")))
                    .withEmbeddedExtension(everyoneMayConnect())
                    .withoutLoggingBootstrap()
                    .build();
            broker.start().get();
            return new MqttBroker(broker, listen);
        } catch (IOException | ExecutionException | RuntimeException e) {
            throw new EmbeddedServerException(
                    "the MQTT broker did not start on port " + listen + " with " + dataDir, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while the MQTT broker was starting", e);
        }
    }

    /** HiveMQ's own sizes are for a server with all of the machine's memory: 1/32 of it for payloads alone. */
    private static void size() {
        InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = MAX_IN_FLIGHT;
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(STORE_PARTS);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(STORE_PARTS);
        int portion = (int) Math.max(64, physicalMemory() / PAYLOAD_MEMORY);
        InternalConfigurations.PAYLOAD_PERSISTENCE_MEMTABLE_SIZE_PORTION.set(portion);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BLOCK_CACHE_SIZE_PORTION.set(portion);
    }

    private static long physicalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String configurationXml(int port) {
        return """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                  </listeners>
                  <mqtt>
                    <queued-messages><max-queue-size>%d</max-queue-size><strategy>discard</strategy></queued-messages>
                    <receive-maximum><server-receive-maximum>1000</server-receive-maximum></receive-maximum>
                    <packets><max-packet-size>1048576</max-packet-size></packets>
                  </mqtt>
                  <persistence><mode>file</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(port, MAX_QUEUED_MESSAGES);
    }

    private static EmbeddedExtension everyoneMayConnect() {
        return EmbeddedExtension.builder()
                .withId("citystream-loopback")
                .withName("CityStream loopback")
                .withVersion("1")
                .withAuthor("CityStream")
                .withExtensionMain(new EveryoneMayConnect())
                .build();
    }

    public int port() {
        return port;
    }

    /** For Paho: {@code tcp://127.0.0.1:1883}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Messages the broker has accepted and then dropped since it started: 0, or the queue limit was reached. */
    public long droppedMessages() {
        return broker.getMetricRegistry()
                .counter("com.hivemq.messages.dropped.count")
                .getCount();
    }

    @Override
    public void close() {
        try {
            broker.stop().get();
        } catch (ExecutionException e) {
            throw new EmbeddedServerException("the MQTT broker on port " + port + " did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class EveryoneMayConnect implements ExtensionMain {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            Services.securityRegistry().setAuthenticatorProvider(provider ->
                    (SimpleAuthenticator) (connect, result) -> result.authenticateSuccessfully());
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
    }
}
