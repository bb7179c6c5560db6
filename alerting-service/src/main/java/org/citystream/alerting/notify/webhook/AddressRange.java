package org.citystream.alerting.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A block of addresses in CIDR notation. */
public final class AddressRange {
    private final byte[] network;
    private final int prefixLength;

    private AddressRange(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Reads {@code 127.0.0.0/8} or {@code ::1/128}; names are not resolved.
     *
     * @throws IllegalArgumentException if it is not a range
     */
    public static AddressRange parse(String cidr) {
        String[] parts = cidr.strip().split("/", -1);
        // Letters other than hexadecimal digits would make the platform ask a name server.
        if (parts.length != 2 || !parts[0].matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException("'" + cidr + "' is not a range such as 10.0.0.0/8 or fc00::/7");
        }
        try {
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            int length = Integer.parseInt(parts[1]);
            if (length < 0 || length > network.length * 8) {
                throw new IllegalArgumentException(
                        "'" + cidr + "': the prefix length must be 0 to " + network.length * 8);
            }
            return new AddressRange(network, length);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + cidr + "' is not a range such as 10.0.0.0/8 or fc00::/7", e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = prefixLength / 8;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefixLength % 8;
        int mask = 0xFF << (8 - rest) & 0xFF;
        return rest == 0 || (bytes[whole] & mask) == (network[whole] & mask);
    }
}
