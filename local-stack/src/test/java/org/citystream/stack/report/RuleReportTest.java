package org.citystream.stack.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

class RuleReportTest {
    @Test
    void aChangeIsToldFieldByField() {
        JsonNode answer = json("""
                {"items": [
                   {"id": "ring", "kind": "congestion", "mode": "off", "version": 3, "effectiveFrom": "2026-11-23T08:17:00Z"},
                   {"id": "no2", "kind": "air-exceedance", "mode": "active", "version": 1, "effectiveFrom": "2026-11-23T08:17:00Z"}],
                 "changes": [
                   {"id": "ring", "version": 3, "previousVersion": 2, "fields": [
                      {"path": "mode", "before": "active", "after": "off"},
                      {"path": "labels.team", "before": "roads"},
                      {"path": "scope.corridors", "after": ["ring"]}]},
                   {"id": "no2", "version": 1, "previousVersion": null, "fields": []}],
                 "unchanged": ["pm-rise"]}
                """);

        assertThat(RuleReport.lines(answer))
                .containsExactly(
                        "ring                             congestion         off      version 2 -> 3, from 2026-11-23T08:17:00Z",
                        "    mode: active -> off",
                        "    labels.team: roads -> (none)",
                        "    scope.corridors: (none) -> [\"ring\"]",
                        "no2                              air-exceedance     active   version 1 (new), from 2026-11-23T08:17:00Z",
                        "pm-rise  unchanged");
    }

    private static JsonNode json(String text) {
        return JsonCodec.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
