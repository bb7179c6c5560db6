package org.citystream.alerting.notify.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/** The last check, on the address really connected to: the client asks no resolver about addresses in URLs. */
final class GuardedSocketFactory extends SocketFactory {
    private final Predicate<InetAddress> permitted;

    GuardedSocketFactory(Predicate<InetAddress> permitted) {
        this.permitted = permitted;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(permitted);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }

    private static final class GuardedSocket extends Socket {
        private final Predicate<InetAddress> permitted;

        GuardedSocket(Predicate<InetAddress> permitted) {
            // Else the JVM's settings could put a SOCKS proxy in between, and the check would be of an address that is
            // not
            // connected to.
            super(Proxy.NO_PROXY);
            this.permitted = permitted;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress address)
                    || address.isUnresolved()
                    || !permitted.test(address.getAddress())) {
                close();
                throw new RefusedAddressException(String.valueOf(endpoint));
            }
            super.connect(endpoint, timeout);
        }
    }
}
