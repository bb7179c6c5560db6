package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.alerting.HostileRequests.NAMES;
import static org.citystream.alerting.HostileRequests.TEXTS;
import static org.citystream.alerting.HostileRequests.array;
import static org.citystream.alerting.HostileRequests.assertRefused;
import static org.citystream.alerting.HostileRequests.canBeStored;
import static org.citystream.alerting.HostileRequests.checked;
import static org.citystream.alerting.HostileRequests.encoded;
import static org.citystream.alerting.HostileRequests.inTurn;
import static org.citystream.alerting.HostileRequests.location;
import static org.citystream.alerting.HostileRequests.object;
import static org.citystream.alerting.HostileRequests.picked;
import static org.citystream.alerting.HostileRequests.problem;
import static org.citystream.alerting.HostileRequests.taken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.alerting.Service.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may call things, through every entry of the API: refused with a reason, or given back as it was sent. */
class HostileTextTest extends HostileSurroundings {
    private static final String ENDS_AT = "2030-01-01T00:00:00Z";

    @Test
    void silencesAreKeptAsSent() {
        for (String text : TEXTS) {
            ObjectNode silence = object("comment", text).put("createdBy", text).put("endsAt", ENDS_AT);
            silence.putArray("matchers")
                    .add("team=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
            silence.putArray("sensors").add(text);
            silence.putArray("corridors").add(text);
            ObjectNode request = silence.deepCopy().put("unknown " + text, text);
            Answer answer = hostile.change("POST", "/api/v1/silences", request);

            if (taken(answer, text, 201)) {
                JsonNode kept = hostile.ask(location(answer)).json();
                assertThat(picked(kept, silence)).isEqualTo(silence);
                assertThat(hostile.ask("/api/v1/audit?limit=1").json().at("/items/0/request"))
                        .isEqualTo(request);
                hostile.change("DELETE", location(answer), null);
            }
        }
    }

    @Test
    void matchersAreReadOrRefused() {
        for (int i = 0; i < TEXTS.size(); i++) {
            String text = TEXTS.get(i);
            ObjectNode silence = object("comment", "x").put("endsAt", ENDS_AT);
            silence.putArray("matchers").add(inTurn(List.of(text, "team=" + text, text + "=a", "team=~" + text), i));
            Answer answer = hostile.change("POST", "/api/v1/silences", silence);
            if (answer.status() == 201) {
                hostile.change("DELETE", location(answer), null);
            } else {
                assertThat(answer.status()).isEqualTo(canBeStored(text) ? 422 : 400);
            }
        }
    }

    @Test
    void webhooksAreKeptAsSent() {
        ObjectNode first = object("url", "http://127.0.0.1:9/hook");
        String path = location(hostile.change("POST", "/api/v1/webhooks", first));
        for (int i = 0; i < TEXTS.size(); i++) {
            String text = TEXTS.get(i);
            ObjectNode webhook = object("description", text).put("enabled", false);
            webhook.putArray("receivers").add(text);
            if (taken(hostile.change("PATCH", path, webhook), text, 200)) {
                assertThat(picked(hostile.ask(path).json(), webhook)).isEqualTo(webhook);
            }
            ObjectNode other = first.deepCopy();
            String field = inTurn(List.of("url", "types", "secret", "format"), i);
            if (field.equals("types")) {
                other.putArray(field).add(text);
            } else {
                other.put(field, text);
            }
            assertRefused(hostile.change("POST", "/api/v1/webhooks", other), text);
            assertRefused(hostile.change("POST", path + "/rotate", object("overlap", text)), text);
        }
        hostile.change("DELETE", path, null);
    }

    @Test
    void tokensAreNamedAsSentAndTheirBearersKnownByThatName() {
        for (String text : TEXTS) {
            Answer answer = hostile.change(
                    "POST", "/api/v1/tokens", object("name", text).put("role", "operator"));
            if (taken(answer, text, 201)) {
                assertThat(answer.json().path("name").textValue()).isEqualTo(text);
                String token = answer.json().path("token").textValue();
                assertThat(problem(service.exchange("DELETE", location(answer), null, token)))
                        .isEqualTo(text + " is operator, and this needs admin");
                hostile.change("DELETE", location(answer), null);
            }
            assertRefused(
                    hostile.change("POST", "/api/v1/tokens", object("name", "x").put("role", text)), text);
        }
    }

    @Test
    void rulesAreToldAsSent() {
        List<String> whole = TEXTS.stream()
                .filter(text -> canBeStored(text) && !text.isEmpty())
                .toList();
        ArrayNode document = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < whole.size(); i++) {
            document.add(rule("hostile-" + i, whole.get(i)));
            if (document.size() == 100 || i == whole.size() - 1) {
                Answer answer = hostile.change("PUT", "/api/v1/rules", document);
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json().path("items")).hasSameSizeAs(document);
                document.removeAll();
            }
        }
        Map<String, JsonNode> kept = new HashMap<>();
        hostile.ask("/api/v1/rules")
                .json()
                .path("items")
                .forEach(rule -> kept.put(rule.path("id").textValue(), rule));
        for (int i = 0; i < whole.size(); i++) {
            ObjectNode rule = rule("hostile-" + i, whole.get(i));
            assertThat(picked(kept.getOrDefault("hostile-" + i, rule), rule)).isEqualTo(rule);
        }
    }

    @Test
    void rulesThatAreNoneAreRefused() {
        String rules = "/api/v1/rules?dryRun=true";
        for (String text : TEXTS) {
            Answer named = hostile.change("PUT", rules, array(rule(text, "x")));
            assertThat(named.status()).as(text).isEqualTo(text.matches("[A-Za-z0-9._:-]{1,128}") ? 200 : 422);
            assertRefused(checked(service.exchange("PUT", rules, text, Service.TOKEN)), text);
            if (!canBeStored(text)) {
                assertRefused(hostile.change("PUT", rules, array(rule("x", text))), text);
            }
        }
    }

    private static ObjectNode rule(String id, String text) {
        ObjectNode rule = object("id", id).put("kind", "air-exceedance").put("pollutant", "no2");
        rule.put("above", "200 ug/m3").put("consecutive-hours", 3);
        rule.putObject("labels").put(text, text);
        rule.putObject("scope").put("city", text).putArray("stations").add(text);
        return rule;
    }

    @Test
    void labelsOfARouteTestComeBackAsSent() {
        for (String text : TEXTS) {
            ObjectNode labels = object(text, text).put("team", text);
            ObjectNode question = JsonNodeFactory.instance.objectNode();
            question.set("labels", labels);
            Answer answer = hostile.change("POST", "/api/v1/routes/test", question);
            if (taken(answer, text, 200)) {
                assertThat(answer.json().path("labels")).isEqualTo(labels);
            }
            assertRefused(hostile.change("POST", "/api/v1/routes/test", object("alertId", text)), text);
        }
    }

    @Test
    void pathsLeadNowhere() {
        List<String> changes = List.of(
                "POST alerts/%s/acknowledge",
                "POST alerts/%s/assign",
                "POST alerts/%s/comment",
                "POST webhooks/%s/rotate",
                "POST webhooks/%s/test",
                "POST webhooks/%s/redeliver",
                "POST deliveries/%s/redeliver",
                "POST rules/%s/rollback",
                "PATCH webhooks/%s",
                "DELETE silences/%s",
                "DELETE webhooks/%s",
                "DELETE tokens/%s",
                "GET webhooks/%s/deliveries",
                "GET %s");
        for (int i = 0; i < NAMES.size(); i++) {
            String text = NAMES.get(i);
            for (String request : List.of(
                    "GET alerts/%s", "GET silences/%s", "GET webhooks/%s", "GET deliveries/%s", inTurn(changes, i))) {
                String method = request.substring(0, request.indexOf(' '));
                String path = request.substring(method.length() + 1)
                        .formatted(encoded(text).replace("+", "%20"));
                boolean body = method.equals("POST") || method.equals("PATCH");
                assertRefused(
                        checked(service.exchange(
                                method,
                                "/api/v1/" + path,
                                body ? "{\"to\":null,\"comment\":\"x\"}" : null,
                                Service.TOKEN)),
                        request + " " + text);
            }
        }
    }

    @Test
    void queriesFindNothingOrAreRefused() {
        String webhook = location(hostile.change("POST", "/api/v1/webhooks", object("url", "http://127.0.0.1:9/hook")));
        List<String> narrow = List.of(
                "alerts?state",
                "alerts?severity",
                "alerts?kind",
                "alerts?mode",
                "alerts?from",
                "alerts?to",
                "alerts?limit",
                "alerts?cursor",
                "rules?versions",
                "audit?cursor",
                "audit?limit");
        for (int i = 0; i < NAMES.size(); i++) {
            String value = encoded(NAMES.get(i));
            assertFindsNothing("/api/v1/alerts?mode=shadow&city=" + value + "&subject=" + value);
            assertFindsNothing("/api/v1/rules?versions=all&id=" + value);
            assertFindsNothing(webhook + "/deliveries?alert=" + value);
            assertFindsNothing("/api/v1/alerts?mode=shadow&cursor=" + cursor(NAMES.get(i)));
            if (!NAMES.get(i).replace(",", "").isBlank()) {
                String path = "/api/v1/" + inTurn(narrow, i);
                assertThat(hostile.ask(path + '=' + value).status())
                        .as(path + value)
                        .isEqualTo(400);
            }
            String path = "/api/v1/" + inTurn(List.of("alerts?", "rules?", "audit?"), i);
            assertThat(hostile.ask(path + value + "=x").status())
                    .as(path + value)
                    .isEqualTo(400);
        }
        hostile.change("DELETE", webhook, null);
    }

    /** As one of ours, behind whatever alert it names. */
    private static String cursor(String alertId) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((Events.EIGHT + "|" + alertId).getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFindsNothing(String path) {
        Answer answer = hostile.ask(path);
        if (answer.status() == 200) {
            assertThat(answer.json().path("items")).as(path).isEmpty();
        } else {
            assertThat(answer.status()).as(path + answer.body()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C0%80", "%ED%A0%BD", "%F0%9F", "%00", "a%00b", "%0d%0aX:y"})
    void bytesThatAreNoTextAreRefusedOrFindNothing(String bytes) {
        for (String path : List.of(
                "/api/v1/alerts/" + bytes,
                "/api/v1/alerts?subject=" + bytes,
                "/api/v1/alerts?cursor=" + bytes,
                "/api/v1/alerts?" + bytes + "=x",
                "/api/v1/rules?id=" + bytes,
                "/" + bytes)) {
            Answer answer = hostile.ask(path);
            assertThat(answer.status() == 200 ? answer.json().path("items").size() : answer.status())
                    .as(path + answer.body())
                    .isIn(0, 400, 404);
        }
    }
}
