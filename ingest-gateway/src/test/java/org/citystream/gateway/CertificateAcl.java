package org.citystream.gateway;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * A HiveMQ extension: whoever shows a certificate is who its common name says, connects under no other client id, and may
 * publish its own readings. Common names that start with {@code citystream-gateway-} are gateways, {@code
 * citystream-operator} may publish everybody's.
 */
public final class CertificateAcl implements ExtensionMain {
    private static final String OPERATOR = "citystream-operator";
    private static final String GATEWAYS = "citystream-gateway-";

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.securityRegistry()
                .setAuthenticatorProvider(provider -> (SimpleAuthenticator) CertificateAcl::authenticate);
    }

    private static void authenticate(SimpleAuthInput connect, SimpleAuthOutput result) {
        Optional<String> name = connect.getConnectionInformation()
                .getClientTlsInformation()
                .flatMap(ClientTlsInformation::getClientCertificate)
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .flatMap(CertificateAcl::commonName);
        String clientId = connect.getClientInformation().getClientId();
        if (name.isEmpty() || !name.get().equals(clientId)) {
            result.failAuthentication();
            return;
        }
        result.getDefaultPermissions().addAll(permissions(clientId));
        result.authenticateSuccessfully();
    }

    private static Optional<String> commonName(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static List<TopicPermission> permissions(String name) {
        if (name.startsWith(GATEWAYS)) {
            return List.of(
                    permission("city/#", MqttActivity.SUBSCRIBE),
                    permission("citystream/gateway/" + name + "/#", MqttActivity.ALL));
        }
        String sensor = name.equals(OPERATOR) ? "+" : name;
        return List.of(
                permission("city/+/traffic/" + sensor, MqttActivity.PUBLISH),
                permission("city/+/air/" + sensor, MqttActivity.PUBLISH));
    }

    private static TopicPermission permission(String filter, MqttActivity activity) {
        return Builders.topicPermission().topicFilter(filter).activity(activity).build();
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
}
