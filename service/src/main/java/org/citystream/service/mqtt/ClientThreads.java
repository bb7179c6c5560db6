package org.citystream.service.mqtt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that an MQTT client starts, and those that start the client: a group is inherited. Paho takes the tables of a
 * client that is closed away from its threads while they may still be at work, and such a thread ends with an exception
 * that is nobody's fault. Here it goes to the log instead of the process's handler. Where a thread of a living connection
 * ends, its keep-alive finds the connection dead.
 */
public final class ClientThreads extends ThreadGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ClientThreads.class);

    /**
     * @param name for thread dumps
     */
    public ClientThreads(String name) {
        super(name);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        LOG.info("thread {} of the MQTT client has ended: {}", thread.getName(), e.toString(), e);
    }
}
