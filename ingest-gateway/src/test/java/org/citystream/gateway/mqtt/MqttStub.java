package org.citystream.gateway.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The broker's end of the wire, for what a broker does not show: it greets and grants, sends what it is told to send, and
 * notes every packet that comes. It sends nothing again by itself.
 */
final class MqttStub implements AutoCloseable {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;
    private static final int PINGREQ = 12;
    private static final int NOT_AUTHORIZED = 0x87;

    /** Names of packet types by number. */
    private static final List<String> TYPES = List.of(
            "RESERVED",
            "CONNECT",
            "CONNACK",
            "PUBLISH",
            "PUBACK",
            "PUBREC",
            "PUBREL",
            "PUBCOMP",
            "SUBSCRIBE",
            "SUBACK",
            "UNSUBSCRIBE",
            "UNSUBACK",
            "PINGREQ",
            "PINGRESP",
            "DISCONNECT",
            "AUTH");

    /**
     * A packet that came.
     *
     * @param connection number of the connection, from 1
     * @param body what follows the fixed header
     */
    record Packet(int connection, String type, byte[] body) {
        int packetId() {
            return ByteBuffer.wrap(body).getShort() & 0xffff;
        }
    }

    private final ServerSocket listening;
    private final List<Packet> packets = new CopyOnWriteArrayList<>();
    private volatile int connections;
    private volatile boolean sessionPresent;
    private volatile int receiveMaximum = 65_535;
    private volatile int mostAhead;
    private int ahead;
    private volatile String queuedTopic = "";
    private volatile int queued;
    private volatile CountDownLatch grants = new CountDownLatch(0);
    private volatile @Nullable Socket current;

    MqttStub() {
        try {
            listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "mqtt-stub");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + listening.getLocalPort();
    }

    /** Whether the next to connect is told that its session is still there. */
    void sessionPresent(boolean present) {
        sessionPresent = present;
    }

    /** From the next connection on it takes so many publications ahead of their acknowledgement, which takes its time. */
    void receiveMaximum(int most) {
        receiveMaximum = most;
    }

    /** How many publications have been under way at once, where they take their time. */
    int mostAhead() {
        return mostAhead;
    }

    /** The next to connect is sent so many messages at once, with packet ids from 1. */
    void queued(String topic, int messages) {
        queuedTopic = topic;
        queued = messages;
    }

    /** Subscriptions are granted no more. */
    void holdGrants() {
        grants = new CountDownLatch(1);
    }

    /** They are again, and those that wait. */
    void grant() {
        grants.countDown();
    }

    private synchronized void acknowledgeLater(Socket socket, byte[] puback) {
        ahead++;
        mostAhead = Math.max(mostAhead, ahead);
        Thread later = new Thread(() -> {
            try {
                Thread.sleep(50);
                synchronized (this) {
                    ahead--;
                }
                send(socket, 0x40, puback);
            } catch (InterruptedException | IOException e) {
                // The client is gone.
                return;
            }
        });
        later.setDaemon(true);
        later.start();
    }

    private byte[] connack() {
        byte present = (byte) (sessionPresent ? 1 : 0);
        return receiveMaximum == 65_535
                ? new byte[] {present, 0, 0}
                : new byte[] {present, 0, 3, 0x21, (byte) (receiveMaximum >> 8), (byte) receiveMaximum};
    }

    private void accept() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                current = socket;
                connections++;
                serve(connections, new DataInputStream(socket.getInputStream()), socket);
            } catch (IOException e) {
                // The client, or the test, has cut the connection.
                continue;
            }
        }
    }

    private void serve(int connection, DataInputStream in, Socket socket) throws IOException {
        while (true) {
            int header = in.readUnsignedByte();
            byte[] body = new byte[remainingLength(in)];
            in.readFully(body);
            packets.add(new Packet(connection, TYPES.get(header >> 4), body));
            answer(socket, header, body);
        }
    }

    private static int remainingLength(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return length;
    }

    private void answer(Socket socket, int header, byte[] body) throws IOException {
        switch (header >> 4) {
            case CONNECT -> {
                send(socket, 0x20, connack());
                for (int id = 1; id <= queued; id++) {
                    publish(id, queuedTopic, "queued " + id);
                }
            }
            case PUBLISH -> {
                if ((header & 0x06) != 0) {
                    int topicLength = ByteBuffer.wrap(body).getShort();
                    byte[] puback = {body[2 + topicLength], body[3 + topicLength]};
                    if (receiveMaximum == 65_535) {
                        send(socket, 0x40, puback);
                    } else {
                        acknowledgeLater(socket, puback);
                    }
                }
            }
            case SUBSCRIBE -> {
                awaitQuietly(grants);
                send(socket, 0x90, granted(body));
            }
            case UNSUBSCRIBE -> send(socket, 0xb0, new byte[] {body[0], body[1], 0, 0});
            case PINGREQ -> send(socket, 0xd0, new byte[0]);
            default -> {}
        }
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SUBACK: QoS 1 for each filter, but nobody hears what a broker tells of itself. */
    private static byte[] granted(byte[] subscribe) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(subscribe, 0, 2);
        answer.write(0);
        int at = 3 + subscribe[2];
        while (at < subscribe.length) {
            int length = ByteBuffer.wrap(subscribe, at, 2).getShort();
            String filter = new String(subscribe, at + 2, length, StandardCharsets.UTF_8);
            at += 2 + length + 1;
            answer.write(filter.startsWith("$SYS/") ? NOT_AUTHORIZED : 1);
        }
        return answer.toByteArray();
    }

    private static synchronized void send(Socket socket, int header, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(header);
        int length = body.length;
        do {
            packet.write(length > 0x7f ? (length & 0x7f) | 0x80 : length);
            length >>= 7;
        } while (length > 0);
        packet.writeBytes(body);
        socket.getOutputStream().write(packet.toByteArray());
    }

    /** PUBLISH with QoS 1. */
    void publish(int packetId, String topic, String payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeUTF(topic);
            out.writeShort(packetId);
            out.writeByte(0);
            out.write(payload.getBytes(StandardCharsets.UTF_8));
            send(socket(), 0x32, body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the connection. */
    void cut() {
        try {
            socket().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket socket() {
        Socket socket = current;
        if (socket == null) {
            throw new IllegalStateException("nobody has connected");
        }
        return socket;
    }

    /** All that came over one connection, of one type. */
    List<Packet> packets(int connection, String type) {
        return packets.stream()
                .filter(packet ->
                        packet.connection() == connection && packet.type().equals(type))
                .toList();
    }

    /** The types of all packets over one connection, as they came. */
    List<String> types(int connection) {
        return packets.stream()
                .filter(packet -> packet.connection() == connection)
                .map(Packet::type)
                .toList();
    }

    /** Packet ids of the PUBACKs over one connection, in their order. */
    List<Integer> acknowledged(int connection) {
        return packets(connection, TYPES.get(PUBACK)).stream()
                .map(Packet::packetId)
                .toList();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Socket socket = current;
        if (socket != null) {
            socket.close();
        }
    }
}
