package org.citystream.alerting.notify.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one conversation with a mail server, which can be cut from outside: the library has time limits for each
 * step only, and a server that says a word every few seconds would keep a thread for ever.
 */
final class Line extends SocketFactory {
    private @Nullable Socket socket;
    private boolean cut;

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (cut) {
            throw new IOException("the conversation is over");
        }
        Socket opened = new Socket();
        socket = opened;
        return opened;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("sockets are made first and connected then");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    /** Ends what is being said, and whatever might follow. */
    synchronized void cut() {
        cut = true;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    synchronized boolean isCut() {
        return cut;
    }
}
