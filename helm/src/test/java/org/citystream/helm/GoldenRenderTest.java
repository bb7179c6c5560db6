package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole of what is rendered, so that a change of the chart is read as a change of what it deploys. After a change that is
 * meant: {@code mvn -pl helm -am test -Dtest=GoldenRenderTest -Dgolden.write=true -Dsurefire.failIfNoSpecifiedTests=false},
 * and read the diff.
 */
class GoldenRenderTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    static List<String> cases() {
        return Chart.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRenderIsTheReviewedOne(String name, @TempDir Path folder) throws Exception {
        String rendered = Chart.in(folder).template(Chart.values(name));
        Path golden = GOLDEN.resolve(name + ".yaml");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, rendered);
        }

        assertThat(rendered).isEqualTo(Files.readString(golden));
    }
}
