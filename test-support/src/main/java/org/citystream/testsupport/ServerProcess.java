package org.citystream.testsupport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.citystream.embedded.KafkaServer;
import org.citystream.embedded.MqttBroker;
import org.jspecify.annotations.Nullable;

/**
 * An embedded server in a process of its own, always on the same port and data: it can be stopped, killed, paused and
 * started again.
 */
public final class ServerProcess implements AutoCloseable {
    static final String READY = "citystream-server-ready";

    private enum Kind {
        KAFKA,
        MQTT
    }

    private final Kind kind;
    private final Path directory;
    private final int port;
    private @Nullable ChildJvm child;

    private ServerProcess(Kind kind, Path directory, int port) {
        this.kind = kind;
        this.directory = directory;
        this.port = port;
    }

    /** Kafka, not started yet. */
    public static ServerProcess kafka(Path directory) {
        return new ServerProcess(Kind.KAFKA, directory, Mosquitto.freePort());
    }

    /** HiveMQ CE, not started yet. */
    public static ServerProcess hiveMq(Path directory, int port) {
        return new ServerProcess(Kind.MQTT, directory, port);
    }

    /** What the child runs; it ends when its standard input does, with whoever started it at the latest. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        AutoCloseable server = switch (Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT))) {
            case KAFKA -> KafkaServer.start(directory, port);
            case MQTT -> MqttBroker.start(directory, port);
        };
        System.out.println(READY);
        awaitEndOfInput();
        server.close();
        Runtime.getRuntime().halt(0);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    /** Starts it, again after {@link #stop} or {@link #kill}; returns when it serves. */
    public void start() {
        ChildJvm started = ChildJvm.start(
                List.of("-Xmx256m"), ServerProcess.class, kind.name(), directory.toString(), Integer.toString(port));
        child = started;
        started.awaitReady();
    }

    public int port() {
        return port;
    }

    /** Ends it in order. */
    public void stop() {
        ChildJvm ending = child;
        child = null;
        if (ending != null) {
            ending.closeInput();
        }
    }

    /** As {@code kill -9} does. */
    public void kill() {
        ChildJvm ending = child;
        child = null;
        if (ending != null) {
            ending.kill();
        }
    }

    /** It stands still with its connections open. */
    public void pause() {
        running().pause();
    }

    public void resume() {
        running().resume();
    }

    private ChildJvm running() {
        if (child == null) {
            throw new IllegalStateException(kind + " does not run");
        }
        return child;
    }

    /** Kills it: for the end of tests, where order is a waste of time. */
    @Override
    public void close() {
        kill();
    }
}
