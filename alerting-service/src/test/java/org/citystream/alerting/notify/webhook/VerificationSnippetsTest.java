package org.citystream.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.citystream.alerting.notify.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets in {@code docs/webhooks.md}, taken from there and run: they accept our messages and nothing else. */
class VerificationSnippetsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "webhooks.md");

    @TempDir
    Path directory;

    private final String secret = WebhookSecret.generate(new SecureRandom());
    private final String other = WebhookSecret.generate(new SecureRandom());
    private final Instant now = Clock.systemUTC().instant();
    private final String body = Bodies.test().toString();

    /** A message, and whether it is ours. */
    private record Case(String name, boolean ours, String secret, Map<String, String> headers, String body) {}

    private List<Case> cases() {
        String both =
                WebhookSignature.sign(List.of(other, secret), "msg_1", now, body.getBytes(StandardCharsets.UTF_8));
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("ours", true, secret, headers(now, List.of(secret)), body));
        cases.add(new Case("while rotating, old secret", true, secret, headers("msg_1", now, both), body));
        cases.add(new Case("while rotating, new secret", true, other, headers("msg_1", now, both), body));
        cases.add(new Case("another secret", false, other, headers(now, List.of(secret)), body));
        cases.add(new Case("another body", false, secret, headers(now, List.of(secret)), body + " "));
        cases.add(new Case("no signature", false, secret, headers("msg_1", now, ""), body));
        cases.add(new Case("another version", false, secret, headers("msg_1", now, both.replace("v1,", "v2,")), body));
        Map<String, String> otherId = headers(now, List.of(secret));
        otherId.put("webhook-id", "msg_2");
        cases.add(new Case("another id", false, secret, otherId, body));
        Instant early = now.minusSeconds(301);
        cases.add(new Case("too old", false, secret, headers(early, List.of(secret)), body));
        Instant late = now.plusSeconds(400);
        cases.add(new Case("from the future", false, secret, headers(late, List.of(secret)), body));
        return cases;
    }

    private Map<String, String> headers(Instant at, List<String> secrets) {
        return headers("msg_1", at, WebhookSignature.sign(secrets, "msg_1", at, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> headers(String id, Instant at, String signature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put("webhook-signature", signature);
        return headers;
    }

    @Test
    void python() throws Exception {
        assumeRuns("python3", "import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)", "-c");
        String program = snippet("python") + """

                import json, sys
                for line in sys.stdin:
                    case = json.loads(line)
                    print(str(verify(case["secret"], case["headers"], case["body"].encode())).lower())
                """;

        assertAnswers(run("python3", Files.writeString(directory.resolve("verify.py"), program)));
    }

    @Test
    void javaScript() throws Exception {
        assumeRuns("node", "", "-e");
        String program = snippet("javascript") + """

                require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
                  const given = JSON.parse(line);
                  console.log(verify(given.secret, given.headers, Buffer.from(given.body)));
                });
                """;

        assertAnswers(run("node", Files.writeString(directory.resolve("verify.js"), program)));
    }

    @Test
    void java() throws Exception {
        Path source = Files.writeString(directory.resolve("Verification.java"), snippet("java"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", directory.toString(), source.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Method verify = loader.loadClass("Verification")
                    .getDeclaredMethod("verify", String.class, Map.class, byte[].class, long.class);
            verify.setAccessible(true);
            for (Case message : cases()) {
                assertThat(verify.invoke(
                                null,
                                message.secret(),
                                message.headers(),
                                message.body().getBytes(StandardCharsets.UTF_8),
                                now.getEpochSecond()))
                        .as(message.name())
                        .isEqualTo(message.ours());
            }
        }
    }

    private void assertAnswers(List<String> answers) {
        List<Case> cases = cases();
        assertThat(answers).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(answers.get(i))
                    .as(cases.get(i).name())
                    .isEqualTo(String.valueOf(cases.get(i).ours()));
        }
    }

    private List<String> run(String interpreter, Path program) throws Exception {
        Path input = directory.resolve("cases");
        Files.write(input, cases().stream().map(VerificationSnippetsTest::line).toList(), StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(interpreter, program.toString())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static String line(Case message) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("secret", message.secret()).put("body", message.body());
        message.headers().forEach(node.putObject("headers")::put);
        return node.toString();
    }

    private static String snippet(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).as("a snippet in " + language).isTrue();
        return block.group(1);
    }

    private static void assumeRuns(String interpreter, String program, String option) throws InterruptedException {
        boolean runs;
        try {
            Process process = new ProcessBuilder(interpreter, option, program).start();
            runs = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            runs = false;
        }
        if (!runs) {
            System.out.println("skipped: the snippet for " + interpreter + ", which is not installed or too old");
        }
        assumeTrue(runs, interpreter + " is not installed or too old");
    }
}
