package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm says after an installation. */
class NotesTest {
    private static final Pattern SERVICE = Pattern.compile("port-forward service/(\\S+) (\\d+)");

    @TempDir
    Path folder;

    static List<String> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNotesSpeakOfWhatIsThere(String name) throws Exception {
        List<JsonNode> objects = Chart.in(folder.resolve("chart")).objects(Chart.values(name));
        String notes = Chart.in(folder.resolve("notes")).notes(Chart.values(name));

        assertThat(notes)
                .contains(
                        "CityStream 0.1.0 is being started as lindholm in city.", "helm test lindholm --namespace city")
                .doesNotContain("<no value>", "%!");
        Matcher service = SERVICE.matcher(notes);
        int services = 0;
        while (service.find()) {
            assertThat(Chart.find(objects, "Service", service.group(1))
                            .at("/spec/ports/0/port")
                            .asInt())
                    .isEqualTo(Integer.parseInt(service.group(2)));
            services++;
        }
        assertThat(services).isPositive();
        assertThat(notes.contains("get flinkdeployments"))
                .isEqualTo(objects.stream()
                        .anyMatch(object -> object.path("kind").asText().equals("FlinkDeployment")));
    }

    @Test
    void linksThatLeadNowhereAreSaid() throws Exception {
        Path more = Files.writeString(
                folder.resolve("more.yaml"), "{dashboard: {ingress: {enabled: true, host: city.example}}}");

        assertThat(Chart.in(folder.resolve("a")).notes(Chart.values("minimal")))
                .contains("Links in messages lead to 127.0.0.1", "set dashboard.publicUrl and alerting.publicUrl.");
        assertThat(Chart.in(folder.resolve("b")).notes(Chart.values("minimal"), more))
                .contains("http://city.example/", "set alerting.publicUrl.");
        assertThat(Chart.in(folder.resolve("c")).notes(Chart.values("operator")))
                .contains("https://city.lindholm.example/")
                .doesNotContain("127.0.0.1, where nobody");
    }
}
