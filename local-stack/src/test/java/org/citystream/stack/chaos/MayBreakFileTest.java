package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citystream.stack.failure.CityFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MayBreakFileTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void onlyWhatIsWrittenDownIsDone() throws Exception {
        Component gateway = only("""
                components:
                  - name: gateway
                    kill: touch %1$s/killed
                    pause: touch %1$s/paused
                    continue: touch %1$s/continued
                    proof: readings
                """.formatted(directory));

        assertThat(gateway.name()).isEqualTo("gateway");
        assertThat(gateway.faults()).containsExactly(FaultKind.KILL, FaultKind.PAUSE);
        assertThat(gateway.proof()).isEqualTo(Proof.READINGS);
        assertThat(gateway.problem()).as("one that cannot tell").isEmpty();

        gateway.inflict(FaultKind.KILL);
        gateway.relieve();
        assertThat(directory.resolve("killed")).exists();
        assertThat(directory.resolve("continued")).as("nothing was paused").doesNotExist();

        gateway.inflict(FaultKind.PAUSE);
        gateway.relieve();
        assertThat(directory.resolve("paused")).exists();
        assertThat(directory.resolve("continued")).exists();
        assertThatThrownBy(() -> gateway.inflict(FaultKind.RESTART)).hasMessage("gateway may not be given restart");
    }

    @Test
    void aCommandThatFailsIsTold() throws Exception {
        Component gateway = only("components: [{name: gateway, kill: exit 3}]");

        assertThatThrownBy(() -> gateway.inflict(FaultKind.KILL))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("the command for gateway ended with 3: exit 3")
                .hasMessageContaining("what to do");
    }

    @Test
    void everythingThatIsWrongIsToldWithItsPlaceAndNothingIsBroken() {
        assertThatThrownBy(() -> read("""
                        components:
                          - {name: gateway, ready: gateway.example}
                          - {name: gateway, kill: "true", pause: "true", proof: alerts}
                          - {kill: "true"}
                        """))
                .isInstanceOf(CityFailure.class)
                .hasMessageContaining("components[0]: has none of kill, restart and pause")
                .hasMessageContaining("components[0].ready: must be http://... or https://...")
                .hasMessageContaining("components[1].name: there are two of 'gateway'")
                .hasMessageContaining("components[1]: pause and continue must come together")
                .hasMessageContaining("components[1].proof: 'alerts' is not one of ready, readings, summaries")
                .hasMessageContaining("components[2].name: is missing");
        assertThatThrownBy(() -> read("components: []")).hasMessageContaining("names nothing");
        assertThatThrownBy(() -> read("parts: []")).hasMessageContaining("parts");
    }

    @Test
    void theDocumentedFileIsOne() throws IOException {
        String page = Files.readString(Path.of("../docs/verify.md"));
        Matcher block = Pattern.compile("<!-- may-break.yaml -->\n```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();

        assertThat(read(block.group(1))).extracting(Component::name).contains("gateway");
    }

    private Component only(String text) throws IOException {
        List<Component> components = read(text);
        assertThat(components).hasSize(1);
        return components.get(0);
    }

    private List<Component> read(String text) throws IOException {
        return MayBreakFile.read(Files.writeString(directory.resolve("may-break.yaml"), text));
    }
}
