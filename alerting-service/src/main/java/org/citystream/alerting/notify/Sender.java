package org.citystream.alerting.notify;

import java.util.function.Consumer;

/** Sends deliveries. */
public interface Sender extends AutoCloseable {

    /**
     * Sends without waiting. {@code done} is called once, on another thread, within the sender's timeout, whatever
     * happens.
     */
    void send(Delivery delivery, Consumer<Attempt> done);

    /** How many more it can begin to send at once, as far as that is not the endpoint's own limit. */
    default int free(Endpoint endpoint) {
        return Integer.MAX_VALUE;
    }

    @Override
    void close();
}
