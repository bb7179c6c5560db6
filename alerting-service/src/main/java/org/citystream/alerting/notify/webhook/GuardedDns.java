package org.citystream.alerting.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.Dns;

/** Resolves once, and only if every address found may be reached: the client connects to what has been checked. */
final class GuardedDns implements Dns {
    private final Dns resolver;
    private final Predicate<InetAddress> permitted;

    GuardedDns(Dns resolver, Predicate<InetAddress> permitted) {
        this.resolver = resolver;
        this.permitted = permitted;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = resolver.lookup(host);
        if (addresses.isEmpty() || !addresses.stream().allMatch(permitted)) {
            throw new RefusedAddressException(host);
        }
        return addresses;
    }
}
