package org.citystream.alerting;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.citystream.alerting.notify.Channel;
import org.citystream.alerting.notify.Channels;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.Sender;
import org.citystream.alerting.notify.alertmanager.AlertmanagerMessage;
import org.citystream.alerting.notify.email.EmailMessage;
import org.citystream.alerting.notify.email.EmailSender;
import org.citystream.alerting.notify.email.MailAddress;
import org.citystream.alerting.notify.email.SmtpServer;
import org.citystream.alerting.notify.slack.SlackMessage;
import org.citystream.alerting.notify.webhook.WebhookUrl;

/** Every kind of receiver that there is. */
final class Receivers {
    private Receivers() {}

    /**
     * The channels.
     *
     * @param http sends what goes over HTTP
     * @param publicUrl this service as people reach it
     */
    static Channels of(Sender http, WebhookUrl urls, Optional<SmtpServer> smtp, String publicUrl, InstantSource clock) {
        Map<Format, Channel> channels = new EnumMap<>(Format.class);
        channels.put(Format.CITYSTREAM, new Channel((message, endpoint) -> message.toString(), http, urls::problem));
        channels.put(Format.ALERTMANAGER, new Channel(new AlertmanagerMessage(publicUrl), http, urls::problem));
        channels.put(Format.SLACK, new Channel(new SlackMessage(), http, urls::problem));
        smtp.ifPresent(server -> channels.put(
                Format.EMAIL, new Channel(new EmailMessage(), new EmailSender(server, clock), MailAddress::problem)));
        return new Channels(channels, clock);
    }
}
