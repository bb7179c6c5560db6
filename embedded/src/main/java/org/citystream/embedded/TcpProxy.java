package org.citystream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that fails when told to. Listens on loopback and passes everything on, until it is to delay, narrow, hold
 * back, cut, reset or leave half open what goes through it. What is said holds for connections that exist, and, for
 * {@link #delay}, {@link #narrow}, {@link #hold} and {@link #refuse}, for those to come; it has happened when the call
 * returns. One thread, driven by events.
 */
public final class TcpProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    /** What is under way in one direction before the sender is held up. */
    private static final int MAX_UNDER_WAY = 1024 * 1024;
    /** A narrow line holds so little, in parts of a second, that who speaks into it soon notices. */
    private static final int NARROW_PARTS = 4;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private record Chunk(ByteBuffer bytes, long dueNanos) {}

    /** One direction of one connection. */
    private final class Flow {
        private final SocketChannel from;
        private final SocketChannel to;
        private final Direction direction;
        private final Deque<Chunk> underWay = new ArrayDeque<>();
        private int underWayBytes;
        private long lastDueNanos = System.nanoTime();
        private boolean ended;
        private boolean discarding;

        private Flow(SocketChannel from, SocketChannel to, Direction direction) {
            this.from = from;
            this.to = to;
            this.direction = direction;
        }

        private boolean wantsToRead() {
            return !ended && (discarding || (!held.contains(direction) && underWayBytes < mostUnderWay()));
        }

        private boolean wantsToWrite(long now) {
            Chunk first = underWay.peekFirst();
            return first != null && !held.contains(direction) && first.dueNanos() - now <= 0;
        }

        private void read(long now) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(BUFFER_BYTES, mostUnderWay()));
            int count = from.read(bytes);
            if (count < 0) {
                ended = true;
            } else if (!discarding) {
                underWay.addLast(new Chunk(bytes.flip(), due(count, now)));
                underWayBytes += count;
            }
        }

        /** Nothing overtakes what was read before it. */
        private long due(int count, long now) {
            long arrival = now + delayNanos + (jitterNanos == 0 ? 0 : jitter.nextLong(2 * jitterNanos) - jitterNanos);
            long passage = bytesPerSecond == 0 ? 0 : count * NANOS_PER_SECOND / bytesPerSecond;
            lastDueNanos = Math.max(arrival - lastDueNanos, 0) + lastDueNanos + passage;
            return lastDueNanos;
        }

        private void write(long now) throws IOException {
            while (wantsToWrite(now)) {
                ByteBuffer bytes = underWay.getFirst().bytes();
                underWayBytes -= to.write(bytes);
                if (bytes.hasRemaining()) {
                    return;
                }
                underWay.removeFirst();
            }
        }

        private boolean isOver() {
            return ended && underWay.isEmpty() && !held.contains(direction);
        }
    }

    /** Both directions of one connection. */
    private final class Link {
        private final SocketChannel client;
        private final SocketChannel server;
        private final Flow toServer;
        private final Flow toClient;
        private boolean halfOpen;

        private Link(SocketChannel client, SocketChannel server) throws IOException {
            this.client = client;
            this.server = server;
            this.toServer = new Flow(client, server, Direction.TO_SERVER);
            this.toClient = new Flow(server, client, Direction.TO_CLIENT);
            client.configureBlocking(false).register(selector, 0, this);
            server.configureBlocking(false).register(selector, 0, this);
        }

        private void setInterest(long now) {
            setInterest(client, toServer, toClient, now);
            if (!halfOpen) {
                setInterest(server, toClient, toServer, now);
            }
        }

        private void setInterest(SocketChannel channel, Flow out, Flow in, long now) {
            SelectionKey key = channel.keyFor(selector);
            if (key != null && key.isValid()) {
                key.interestOps((out.wantsToRead() ? SelectionKey.OP_READ : 0)
                        | (in.wantsToWrite(now) ? SelectionKey.OP_WRITE : 0));
            }
        }

        private void serve(SelectionKey key, long now) {
            boolean clientSide = key.channel() == client;
            try {
                if (key.isReadable()) {
                    (clientSide ? toServer : toClient).read(now);
                }
                if (key.isValid() && key.isWritable()) {
                    (clientSide ? toClient : toServer).write(now);
                }
                if (toServer.isOver() || (!halfOpen && toClient.isOver())) {
                    close(false);
                }
            } catch (IOException e) {
                close(true);
            }
        }

        private void close(boolean reset) {
            links.remove(this);
            closeQuietly(client, reset);
            closeQuietly(server, reset);
        }

        private void loseServer() {
            halfOpen = true;
            toServer.discarding = true;
            toServer.underWay.clear();
            closeQuietly(server, false);
        }
    }

    private final InetSocketAddress target;
    private final Selector selector;
    private final ServerSocketChannel listening;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<Direction> held = EnumSet.noneOf(Direction.class);
    private final Thread thread = new Thread(this::run, "tcp-proxy");
    /** Seeded, so that a line trembles alike each time. */
    private final SplittableRandom jitter = new SplittableRandom(18);

    private long delayNanos;
    private long jitterNanos;
    private int bytesPerSecond;
    private boolean refusing;
    private int accepted;
    private volatile boolean closed;

    private TcpProxy(int port, InetSocketAddress target) throws IOException {
        this.target = target;
        this.selector = Selector.open();
        this.listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listening.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
    }

    /** Before a server on loopback, on any free port; the server need not listen yet. */
    public static TcpProxy to(int port) {
        return between(0, port);
    }

    /**
     * As {@link #to}, on a port of one's own choice.
     *
     * @param port where it listens; 0: any free one
     */
    public static TcpProxy between(int port, int portOfServer) {
        try {
            TcpProxy proxy = new TcpProxy(port, new InetSocketAddress(InetAddress.getLoopbackAddress(), portOfServer));
            proxy.thread.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen", e);
        }
    }

    public int port() {
        return listening.socket().getLocalPort();
    }

    /** Bytes of these directions stay on their way, and with them the news of a closed end, until {@link #heal}. */
    public void hold(Direction... directions) {
        order(() -> held.addAll(List.of(directions)));
    }

    /** Nothing is held, delayed, narrow or refused any more; what was held arrives. */
    public void heal() {
        order(() -> {
            held.clear();
            delayNanos = 0;
            jitterNanos = 0;
            bytesPerSecond = 0;
            refusing = false;
        });
    }

    /** What is read from now on arrives so much later. */
    public void delay(Duration delay) {
        delay(delay, Duration.ZERO);
    }

    /**
     * What is read from now on arrives so much later, give or take, in its order.
     *
     * @param most by how much a delay may differ; at most the delay itself
     */
    public void delay(Duration delay, Duration most) {
        order(() -> {
            delayNanos = delay.toNanos();
            jitterNanos = most.toNanos();
        });
    }

    /** So many bytes a second go through each connection, each way. */
    public void narrow(int bytesASecond) {
        order(() -> bytesPerSecond = bytesASecond);
    }

    private int mostUnderWay() {
        return bytesPerSecond == 0 ? MAX_UNDER_WAY : Math.max(1, bytesPerSecond / NARROW_PARTS);
    }

    /** Both ends of every connection are closed; what was under way is lost. */
    public void cut() {
        order(() -> List.copyOf(links).forEach(link -> link.close(false)));
    }

    /** Both ends of every connection get a reset. */
    public void reset() {
        order(() -> List.copyOf(links).forEach(link -> link.close(true)));
    }

    /** Servers lose their connections; clients are not told, and go on sending into nothing. */
    public void halfOpen() {
        order(() -> links.forEach(Link::loseServer));
    }

    /** New connections are closed at once, or not. */
    public void refuse(boolean refuse) {
        order(() -> refusing = refuse);
    }

    /** Connections there are now. */
    public int connections() {
        return ask(links::size);
    }

    /** Connections there have been. */
    public int accepted() {
        return ask(() -> accepted);
    }

    private void order(Runnable order) {
        ask(() -> {
            order.run();
            return true;
        });
    }

    private <T> T ask(java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        orders.add(() -> answer.complete(question.get()));
        selector.wakeup();
        return answer.join();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(millisToNext());
                for (Runnable next = orders.poll(); next != null; next = orders.poll()) {
                    next.run();
                }
                long now = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, now);
                }
                selector.selectedKeys().clear();
                long then = System.nanoTime();
                links.forEach(link -> link.setInterest(then));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy broke", e);
        } finally {
            List.copyOf(links).forEach(link -> link.close(false));
        }
    }

    /** Until the first delayed bytes are due; 0: whenever something happens. */
    private long millisToNext() {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Link link : links) {
            for (Flow flow : List.of(link.toServer, link.toClient)) {
                Chunk first = flow.underWay.peekFirst();
                if (first != null && !held.contains(flow.direction)) {
                    next = Math.min(next, Math.max(0, first.dueNanos() - now));
                }
            }
        }
        return next == Long.MAX_VALUE ? 0 : next / 1_000_000 + 1;
    }

    private void serve(SelectionKey key, long now) {
        if (key.attachment() instanceof Link link) {
            if (key.isValid()) {
                link.serve(key, now);
            }
        } else {
            accept();
        }
    }

    private void accept() {
        SocketChannel client = null;
        try {
            client = listening.accept();
            if (client == null) {
                return;
            }
            accepted++;
            if (refusing) {
                closeQuietly(client, true);
                return;
            }
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketChannel server = SocketChannel.open(target);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            links.add(new Link(client, server));
        } catch (IOException e) {
            // Nobody listens behind us: the client learns it as it would without us.
            closeQuietly(client, true);
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel, boolean reset) {
        if (channel == null) {
            return;
        }
        try {
            if (reset && channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            listening.close();
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy does not close", e);
        }
    }
}
