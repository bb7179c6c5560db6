package org.citystream.alerting.notify.webhook;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import okhttp3.Dns;

/** A name server whose answers change from question to question, and a client that asks it and caches nothing. */
final class NameServer implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final int SERVER_FAILURE = 2;

    private final DatagramSocket socket;
    private final IntFunction<List<String>> answers;
    private final AtomicInteger asked = new AtomicInteger();
    private final Thread thread = new Thread(this::serve, "name-server");

    /** @param answers IPv4 addresses by number of the question, 0, 1, ...; none: the server fails */
    NameServer(IntFunction<List<String>> answers) throws IOException {
        this.answers = answers;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread.start();
    }

    int asked() {
        return asked.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] reply = reply(packet.getData(), packet.getLength(), answers.apply(asked.getAndIncrement()));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or the client has gone: there is nobody to tell.
                continue;
            }
        }
    }

    private static byte[] reply(byte[] query, int length, List<String> addresses) throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(512);
        int question = HEADER_BYTES;
        while (query[question] != 0) {
            question += query[question] + 1;
        }
        int end = Math.min(question + 5, length);
        reply.put(query, 0, 2);
        reply.putShort((short) (0x8180 | (addresses.isEmpty() ? SERVER_FAILURE : 0)));
        reply.putShort((short) 1).putShort((short) addresses.size()).putInt(0);
        reply.put(query, HEADER_BYTES, end - HEADER_BYTES);
        for (String address : addresses) {
            // The name of the question, type A, class IN, to be forgotten at once.
            reply.putShort((short) 0xC00C)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(0);
            reply.putShort((short) 4).put(InetAddress.getByName(address).getAddress());
        }
        byte[] bytes = new byte[reply.position()];
        reply.flip().get(bytes);
        return bytes;
    }

    /** Asks over the wire each time. What is looked up are addresses, of a server of our own. */
    @SuppressWarnings("BanJNDI")
    Dns client() {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + socket.getLocalPort());
        return host -> {
            try {
                Attribute records = new InitialDirContext(settings)
                        .getAttributes(host, new String[] {"A"})
                        .get("A");
                return addresses(records);
            } catch (NamingException e) {
                UnknownHostException unknown = new UnknownHostException(host);
                unknown.initCause(e);
                throw unknown;
            }
        };
    }

    private static List<InetAddress> addresses(Attribute records) throws NamingException, UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        NamingEnumeration<?> all = records.getAll();
        while (all.hasMore()) {
            addresses.add(InetAddress.getByName(String.valueOf(all.next())));
        }
        return addresses;
    }

    @Override
    public void close() {
        socket.close();
    }
}
