package org.citystream.model.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.citystream.model.rule.InvalidRuleException.Problem;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.StorableText;

/**
 * Rules from and to their documents. A document is rules in YAML or JSON with the same kebab-case keys; the
 * records on {@code city.rules.v1} are single rules in JSON with {@code version}, {@code effectiveFrom} and
 * {@code hash} added. Unknown keys are refused, so that a misspelt condition cannot pass as an absent one.
 */
public final class RuleCodec {
    /** To YAML 1.1, {@code mode: off} is a boolean. */
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** As people read it: the keys in the order in which rules are told. */
    private static final ObjectWriter RECORD =
            JsonCodec.internal().writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    /** As RFC 8785 has it (its numbers have exponents below 1e-6 and from 1e21 on; these have none). */
    private static final ObjectWriter CANONICAL =
            RECORD.with(JsonNodeFeature.WRITE_PROPERTIES_SORTED).without(JsonWriteFeature.WRITE_HEX_UPPER_CASE);

    /**
     * Names of rule sets that ship with the product but are not in force by themselves: limits of the EU and the WHO, and
     * kinds of rules that are to be tried out first.
     */
    public static final List<String> SHIPPED = List.of("eu-2008-50", "eu-2024-2881", "who-2021", "trial");

    private static final Pattern PICTURE = Pattern.compile(" in 'reader', (line \\d+), column \\d+: .*? ?\\^");

    private RuleCodec() {}

    /** The rules in force when nobody has applied any; they hold from the beginning of time. */
    public static List<Rule> defaultRules() {
        return rules("default-rules.yaml").stream()
                .map(rule -> rule.withVersion(1, Instant.EPOCH))
                .toList();
    }

    /**
     * The document of a rule set that ships with the product, to be applied by its name.
     *
     * @param name one of {@link #SHIPPED}
     */
    public static String shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is not one of " + String.join(", ", SHIPPED));
        }
        return resource(name + ".yaml");
    }

    private static List<Rule> rules(String resource) {
        try {
            return readDocument(resource(resource));
        } catch (InvalidRuleException e) {
            throw new IllegalStateException(resource + " is invalid", e);
        }
    }

    private static String resource(String name) {
        try (InputStream document = RuleCodec.class.getResourceAsStream(name)) {
            if (document == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Rules of a document in YAML or JSON: a list of rules, one rule, or in YAML several such documents. What it says of
     * {@code version}, {@code effectiveFrom} and {@code hash} is what somebody else assigned. Paths of problems count
     * the rules from 0, over all documents.
     *
     * @throws InvalidRuleException with every problem, if any rule is invalid: a document is taken whole or not at all
     */
    public static List<Rule> readDocument(String document) throws InvalidRuleException {
        List<JsonNode> nodes = ruleNodes(document);
        List<Rule> rules = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (!StorableText.isStorable(nodes.get(i))) {
                problems.add(new Problem("[" + i + "]", StorableText.REFUSAL));
                continue;
            }
            try {
                Rule rule = RuleReader.read(nodes.get(i), "[" + i + "]");
                if (!ids.add(rule.id())) {
                    problems.add(new Problem("[" + i + "].id", "'" + rule.id() + "' occurs twice"));
                }
                rules.add(rule);
            } catch (InvalidRuleException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(problems);
        }
        return rules;
    }

    private static List<JsonNode> ruleNodes(String document) throws InvalidRuleException {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode part : parts(document)) {
            if (part.isArray()) {
                part.forEach(rules::add);
            } else if (part.isObject()) {
                rules.add(part);
            } else if (!part.isMissingNode() && !part.isNull()) {
                throw new InvalidRuleException(List.of(new Problem("", "must be a rule or a list of rules")));
            }
        }
        if (rules.isEmpty()) {
            throw new InvalidRuleException(List.of(new Problem("", "there is no rule in it")));
        }
        return rules;
    }

    /** JSON proper may be indented with tabs, which YAML forbids; all other JSON is YAML too. */
    private static List<JsonNode> parts(String document) throws InvalidRuleException {
        String text = document.stripLeading();
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                return List.of(JsonCodec.strict().readTree(text));
            } catch (JsonProcessingException e) {
                // Not JSON, or not good JSON: YAML's word on it.
            }
        }
        try (JsonParser parser = YAML.createParser(document)) {
            List<JsonNode> parts = new ArrayList<>();
            while (parser.nextToken() != null) {
                parts.add(YAML.readTree(parser));
            }
            return parts;
        } catch (JsonProcessingException e) {
            throw unreadable(told(e));
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** In one line, and with the line of the document: YAML shows places by pictures of them, and JSON's parser not at all. */
    private static String told(JsonProcessingException e) {
        String said =
                PICTURE.matcher(e.getOriginalMessage().replaceAll("\\s+", " ")).replaceAll(" at $1");
        return said.contains(" at line ")
                ? said
                : said + " at line " + e.getLocation().getLineNr();
    }

    private static InvalidRuleException unreadable(String why) {
        return new InvalidRuleException(List.of(new Problem("", "not readable: " + why.strip())));
    }

    /**
     * One rule record of {@code city.rules.v1}. It keeps the hash that it was applied with, whatever hashes are made of
     * today: what jobs have decided by it stays decided.
     *
     * @throws InvalidRuleException if it is not one
     */
    public static Rule read(byte[] json) throws InvalidRuleException {
        try {
            JsonNode node = JsonCodec.internal().readTree(json);
            Rule rule = RuleReader.read(node == null ? MissingNode.getInstance() : node, "");
            return node != null && node.hasNonNull("hash")
                    ? rule.withHash(node.path("hash").asText())
                    : rule;
        } catch (IOException e) {
            throw new InvalidRuleException(List.of(new Problem("", "not readable as JSON")));
        }
    }

    /** The rule as a record of {@code city.rules.v1}. */
    public static byte[] write(Rule rule) {
        ObjectNode node = RuleWriter.write(rule);
        node.put("version", rule.version());
        node.put("effectiveFrom", rule.effectiveFrom().toString());
        node.put("hash", rule.hash());
        return bytes(RECORD, node);
    }

    /**
     * SHA-256 (hex) of the rule's canonical JSON: everything but version, effectiveFrom and hash, with sorted keys, no white
     * space, and numbers in one form. {@code docs/rules.md} tells how to recompute it.
     */
    public static String hash(Rule rule) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(CANONICAL, RuleWriter.write(rule)));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(ObjectWriter form, ObjectNode rule) {
        try {
            return form.writeValueAsBytes(rule);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a rule", e);
        }
    }
}
