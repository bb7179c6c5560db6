package org.citystream.alerting.notify.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses webhooks may go to: the public internet and what the operator allows, so that nobody can use us to
 * reach the machines around us.
 */
public final class AddressGuard {
    /*
     * IANA IPv4 and IPv6 Special-Purpose Address Registries, everything not globally reachable, plus multicast and the
     * transition prefixes that carry an IPv4 address inside. Of IPv6, only 2000::/3 is assigned to the public at all.
     */
    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "2620:4f:8000::/48",
                    "3fff::/20")
            .map(AddressRange::parse)
            .toList();

    private static final AddressRange GLOBAL_UNICAST_V6 = AddressRange.parse("2000::/3");

    private final List<AddressRange> allowed;

    /** @param allowed ranges that may be reached although they are special, also without encryption */
    public AddressGuard(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Whether an encrypted request may go there. */
    boolean permits(InetAddress address) {
        return permitsPlain(address) || isPublic(address);
    }

    /** Whether even an unencrypted request may go there. */
    boolean permitsPlain(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isPublic(InetAddress address) {
        boolean assigned = address instanceof Inet4Address || GLOBAL_UNICAST_V6.contains(address);
        return assigned && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }
}
