package org.citystream.alerting.notify.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/** The address in a {@code mailto:} URL. */
public final class MailAddress {
    private static final String SCHEME = "mailto:";

    private MailAddress() {}

    /** Why e-mail cannot be sent there; empty if it can. */
    public static Optional<String> problem(String url) {
        try {
            of(url);
            return Optional.empty();
        } catch (AddressException e) {
            return Optional.of("must be an address such as mailto:traffic@city.example");
        }
    }

    /** One plain address: no names, no lists, no headers after a question mark. */
    static InternetAddress of(String url) throws AddressException {
        String address = url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : "";
        if (!address.matches("[^\\s\\p{Cntrl}?<>,;\"]{1,200}@[^\\s\\p{Cntrl}?<>,;\"@]{1,200}")) {
            throw new AddressException("not one plain address");
        }
        return new InternetAddress(address, true);
    }
}
