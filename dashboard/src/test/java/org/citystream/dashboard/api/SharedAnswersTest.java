package org.citystream.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two hundred screens hear of an event at once, and ask the same. */
class SharedAnswersTest {
    private final SharedAnswers shared = new SharedAnswers();
    private final List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();

    @Test
    void whatSomebodyHasJustAskedIsNotAskedAgain() {
        CompletableFuture<HttpResponse<byte[]>> first = ask("alerts of nobody");
        for (int screen = 0; screen < 200; screen++) {
            assertThat(ask("alerts of nobody")).isSameAs(first);
        }
        ask("alerts of an operator");

        assertThat(asked).hasSize(2);
    }

    @Test
    void afterAChangeEverythingIsAskedAnew() {
        ask("alerts");
        shared.clear();
        ask("alerts");

        assertThat(asked).hasSize(2);
    }

    @Test
    void aFailureIsNotHandedOn() {
        ask("alerts").completeExceptionally(new IllegalStateException("gone"));
        ask("alerts");

        assertThat(asked).hasSize(2);
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(String question) {
        return shared.to(question, () -> {
            CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        });
    }
}
