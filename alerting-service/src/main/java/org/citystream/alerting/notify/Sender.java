package org.citystream.alerting.notify;

import java.util.function.Consumer;

/** Sends deliveries. */
public interface Sender extends AutoCloseable {

    /**
     * Sends without waiting. {@code done} is called once, on another thread, within the sender's timeout, whatever
     * happens.
     */
    void send(Delivery delivery, Consumer<Attempt> done);

    @Override
    void close();
}
