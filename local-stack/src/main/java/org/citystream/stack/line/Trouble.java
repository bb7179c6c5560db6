package org.citystream.stack.line;

import java.util.function.Consumer;
import org.citystream.embedded.TcpProxy;

/** What a line can do to those who rely on it. */
public enum Trouble {
    /** Every connection is closed at both ends; new ones come about. */
    CUT(TcpProxy::cut),
    /** Nothing arrives any more, and nobody is told, until it heals. */
    BLACKHOLE(line -> line.hold(TcpProxy.Direction.values())),
    /** Servers lose their connections; clients are not told, and speak into nothing. New connections come about. */
    HALF_OPEN(TcpProxy::halfOpen),
    /** It is a line again; what was held arrives. */
    HEAL(TcpProxy::heal);

    private final Consumer<TcpProxy> befall;

    Trouble(Consumer<TcpProxy> befall) {
        this.befall = befall;
    }

    void befall(TcpProxy line) {
        befall.accept(line);
    }
}
