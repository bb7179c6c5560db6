package org.citystream.stack.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.citystream.model.wire.WireName;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;
import org.citystream.stack.line.Trouble;
import org.citystream.stack.process.Readiness;

/** The line to a service of a stack that was started with lines that fail when told to. */
final class LineComponent implements Component {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String line;
    private final URI control;
    private final Readiness works;
    private final Proof proof;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param line name of the service that it leads to
     * @param works whether those who use it do their work
     */
    LineComponent(String line, URI control, Readiness works, Proof proof) {
        this.line = line;
        this.control = control;
        this.works = works;
        this.proof = proof;
    }

    @Override
    public String name() {
        return "line-to-" + line;
    }

    @Override
    public Set<FaultKind> faults() {
        return EnumSet.of(FaultKind.CUT, FaultKind.BLACKHOLE, FaultKind.HALF_OPEN);
    }

    @Override
    public void inflict(FaultKind kind) throws InterruptedException {
        order(WireName.parse(Trouble.class, kind.wireName()));
    }

    @Override
    public void relieve() throws InterruptedException {
        order(Trouble.HEAL);
    }

    private void order(Trouble trouble) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(control.resolve("/" + line + "/" + WireName.of(trouble)))
                .timeout(LIMIT)
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 204) {
                throw new CityFailure(
                        "the lines refused: " + response.body(), "stop the stack and start it with this version");
            }
        } catch (IOException e) {
            throw new CityFailure(
                    "the lines do not answer at " + control + ": " + Reason.of(e),
                    "look at ./city status and ./city logs lines",
                    e);
        }
    }

    @Override
    public Optional<String> problem() {
        return works.problem();
    }

    @Override
    public Proof proof() {
        return proof;
    }
}
