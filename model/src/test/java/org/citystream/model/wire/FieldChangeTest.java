package org.citystream.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldChangeTest {
    @Test
    void everyFieldThatDiffersIsNamedByItsPath() {
        assertThat(between(
                        "{'mode':'active','enter':{'below':0.5,'for':'PT3M'},'labels':{'team':'a'},'states':['x']}",
                        "{'mode':'active','enter':{'below':0.5,'for':'PT5M'},'severity':'minor','states':['x','y']}"))
                .containsExactly(
                        "enter.for: \"PT3M\" -> \"PT5M\"",
                        "severity:  -> \"minor\"",
                        "states: [\"x\"] -> [\"x\",\"y\"]",
                        "labels: {\"team\":\"a\"} -> ");
    }

    @Test
    void anObjectInPlaceOfATextIsOneChange() {
        assertThat(between("{'severity':'minor'}", "{'severity':{'minor':{'above':1}}}"))
                .containsExactly("severity: \"minor\" -> {\"minor\":{\"above\":1}}");
    }

    @Test
    void equalDocumentsDifferInNothing() {
        assertThat(between("{'a':1,'b':{'c':2}}", "{'b':{'c':2},'a':1}")).isEmpty();
    }

    private static List<String> between(String before, String after) {
        return FieldChange.between(json(before), json(after)).stream()
                .map(change -> change.path() + ": " + change.before() + " -> " + change.after())
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonCodec.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
