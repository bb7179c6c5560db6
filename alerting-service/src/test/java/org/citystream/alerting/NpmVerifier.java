package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.citystream.alerting.notify.webhook.Receiver.Received;
import org.jspecify.annotations.Nullable;

/** npm's {@code standardwebhooks}, judging signatures as they arrive; does nothing unless it was asked for. */
final class NpmVerifier implements AutoCloseable {
    private static final String SCRIPT = """
            const { Webhook } = require('standardwebhooks');
            let accepted = 0;
            require('readline').createInterface({ input: process.stdin })
              .on('line', line => {
                const { secret, headers, body } = JSON.parse(line);
                try { new Webhook(secret).verify(body, headers); accepted++; } catch (e) { console.error(e); }
              })
              .on('close', () => console.log(accepted));
            """;

    private final @Nullable Process node;
    private final @Nullable Writer input;

    private NpmVerifier(@Nullable Process node) {
        this.node = node;
        this.input = node == null ? null : new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** Runs if {@code proof.npm} names a directory in which the library is installed. */
    static NpmVerifier ifAsked() throws IOException {
        String directory = System.getProperty("proof.npm");
        if (directory == null) {
            return new NpmVerifier(null);
        }
        return new NpmVerifier(new ProcessBuilder("node", "-e", SCRIPT)
                .directory(Path.of(directory).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    boolean asked() {
        return node != null;
    }

    synchronized void judge(Received received, String secret) {
        if (input == null) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("secret", secret);
        ObjectNode headers = line.putObject("headers");
        for (String name : new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
            headers.put(name, received.header(name));
        }
        line.put("body", received.body());
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void assertAllAccepted(int count) throws IOException {
        if (node == null || input == null) {
            return;
        }
        input.close();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).as("accepted by npm's library").isEqualTo(String.valueOf(count));
        }
    }

    @Override
    public void close() {
        if (node != null) {
            node.destroy();
        }
    }
}
