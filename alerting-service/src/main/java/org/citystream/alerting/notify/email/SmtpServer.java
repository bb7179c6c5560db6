package org.citystream.alerting.notify.email;

import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where e-mail is handed in.
 *
 * @param from sender's address
 * @param user absent: no authentication
 */
public record SmtpServer(
        String host,
        int port,
        Security security,
        String from,
        @Nullable String user,
        @Nullable String password) {

    /** How the connection is protected. */
    public enum Security {
        /** TLS from the first byte, usually port 465. */
        TLS,
        /** Begins in the clear and goes over to TLS, or fails; usually port 587. */
        STARTTLS,
        /** For servers on the same machine. */
        NONE
    }

    Properties properties(Duration timeout) {
        String limit = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.connectiontimeout", limit);
        properties.put("mail.smtp.timeout", limit);
        properties.put("mail.smtp.writetimeout", limit);
        properties.put("mail.smtp.auth", Boolean.toString(user != null));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
        return properties;
    }

    /** Not the password: records end up in logs. */
    @Override
    public String toString() {
        return "SmtpServer[" + host + ":" + port + "]";
    }
}
