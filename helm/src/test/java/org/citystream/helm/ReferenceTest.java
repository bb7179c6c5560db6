package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citystream.helm.ValuesReference.Value;
import org.junit.jupiter.api.Test;

/**
 * Pages that are made from code and from the chart's values. After a change: {@code mvn -pl helm -am test -Dtest=ReferenceTest
 * -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ReferenceTest {
    @Test
    void theConfigurationReferenceIsWhatTheCodeSays() throws Exception {
        assertPage(Path.of("..", "docs", "configuration.md"), ConfigurationReference.text());
    }

    @Test
    void theChartsReadmeIsWhatItsValuesSay() throws Exception {
        assertPage(Chart.SOURCE.resolve("README.md"), ValuesReference.readme());
    }

    private static void assertPage(Path page, String content) throws Exception {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(page, content);
        }
        assertThat(Files.readString(page)).as("%s", page).isEqualTo(content);
    }

    @Test
    void everySettingSaysWhatItIs() {
        assertThat(Settings.ALL)
                .allSatisfy(settings -> assertThat(settings.options())
                        .isNotEmpty()
                        .allSatisfy(option -> assertThat(option.description())
                                .as("%s %s", settings.program(), option.longestName())
                                .isNotEmpty()));
    }

    @Test
    void everyValueSaysWhatItIs() throws Exception {
        assertThat(ValuesReference.values())
                .hasSizeGreaterThan(100)
                .allSatisfy(value -> assertThat(value.comment())
                        .as("the comment above %s", value.path())
                        .isNotEmpty());
    }

    @Test
    void theSchemaKnowsEveryValueAndNoOther() throws Exception {
        JsonNode values =
                Chart.YAML.readTree(Chart.SOURCE.resolve("values.yaml").toFile());
        JsonNode schema =
                Chart.json().readTree(Chart.SOURCE.resolve("values.schema.json").toFile());
        List<String> differences = new ArrayList<>();
        compare("", values, schema, differences);

        assertThat(differences).isEmpty();
    }

    private static void compare(String path, JsonNode values, JsonNode schema, List<String> differences) {
        JsonNode properties = schema.path("properties");
        if (!values.isObject() || values.isEmpty() || properties.isMissingNode()) {
            return;
        }
        values.fieldNames().forEachRemaining(key -> {
            if (properties.has(key)) {
                compare(path + "/" + key, values.get(key), properties.get(key), differences);
            } else {
                differences.add(path + "/" + key + " is not in the schema");
            }
        });
        properties.fieldNames().forEachRemaining(key -> {
            // Helm's own, there for charts that contain this one.
            if (!values.has(key) && !key.equals("global")) {
                differences.add(path + "/" + key + " is not in the values");
            }
        });
    }

    @Test
    void everyWordOfTheValuesIsUsed() throws Exception {
        StringBuilder templates = new StringBuilder();
        try (var files = Files.walk(Chart.SOURCE.resolve("templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                templates.append(Files.readString(file));
            }
        }
        for (Value value : ValuesReference.values()) {
            String word = value.path().replaceFirst(".*\\.", "");
            assertThat(templates.toString()).as(value.path()).contains("." + word);
        }
    }
}
