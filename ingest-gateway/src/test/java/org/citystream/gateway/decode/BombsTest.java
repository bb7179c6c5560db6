package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages made to cost much: as they are, and in place of each value of each published message. No decoder takes more than
 * 5 ms over one, nor more memory than a busy gateway has to spare.
 */
@Isolated("it measures")
class BombsTest {
    /** Plants in every published message rather than in the longest of each format, and measures on a quiet machine. */
    private static final boolean PROOF = Boolean.getBoolean("proofs");

    private static final Duration WANTED = Duration.ofMillis(5);
    /** Neighbours on the machine double what everything takes. */
    private static final Duration LONGEST = PROOF ? WANTED : WANTED.multipliedBy(2);
    /** All bombs in a row leave no more behind than this, as they do not even take it. */
    private static final long MOST_BYTES = 16 << 20;
    /** What compiling adds once, it does not add each time. */
    private static final int WARM_UP = 10;

    private static final int LEAST_TRIES = 3;
    /** Where neighbours are noisy. */
    private static final int MOST_TRIES = 30;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Published so. */
    private static final List<String> BROKEN =
            List.of("nativeJson/deep.json", "thingsStack/documented-without-comma.json");

    private static final String MARK = "here goes the bomb";

    /** JSON values, each as large as a message may be or as deep as the stack would bear. */
    private static final Map<String, String> BOMBS = new TreeMap<>(Map.ofEntries(
            Map.entry("deep arrays", "[".repeat(60_000)),
            Map.entry("deep objects", "{\"a\":".repeat(10_000)),
            Map.entry("deep and closed", "[".repeat(1_000) + "]".repeat(1_000)),
            Map.entry("many digits", "9".repeat(60_000)),
            Map.entry("many digits behind the point", "0." + "1".repeat(60_000)),
            Map.entry("huge exponent", "1e999999999"),
            Map.entry("tiny exponent", "-1e-999999999"),
            Map.entry("many long numbers", "[" + "9".repeat(100) + (",-0." + "7".repeat(96)).repeat(590) + "]"),
            Map.entry("long string", "\"" + "x".repeat(60_000) + "\""),
            Map.entry("long number in a string", "\"" + "1".repeat(60_000) + "\""),
            Map.entry("escapes", "\"" + "\\u0001".repeat(10_000) + "\""),
            Map.entry("unfinished string", "\"" + "\\\\".repeat(30_000)),
            Map.entry("many keys", object(IntStream.range(0, 6_000).mapToObj(i -> "k" + i))),
            Map.entry("keys of one hash code", object(IntStream.range(0, 2_048).mapToObj(BombsTest::colliding))),
            Map.entry(
                    "a long name for many",
                    "[{\"bn\":\"" + "y".repeat(1_000) + "\"}" + ",{\"v\":1}".repeat(4_000) + "]"),
            Map.entry(
                    "a longer name for many",
                    "[{\"bn\":\"" + "y".repeat(30_000) + "\",\"bu\":\"Cel\"}" + ",{\"v\":1}".repeat(3_500) + "]"),
            Map.entry("many sensors", "[{\"bn\":\"a\",\"bu\":\"Cel\"}" + many(3_200, ",{\"v\":1,\"t\":%d}") + "]"),
            Map.entry("many readings", "[{}" + ",{}".repeat(20_000) + "]")));

    /** Those that parsers have nothing against, so that all a decoder does with a value is done with them. */
    private static final List<String> PARSED = List.of(
            "escapes", "huge exponent", "long number in a string", "long string", "many keys", "many long numbers");

    /** The same for CBOR, where lengths are claimed. */
    private static final Map<String, byte[]> CBOR_BOMBS = new TreeMap<>(Map.of(
            "deep arrays", repeated(60_000, 0x81),
            "deep maps", repeated(60_000, 0xa1, 0x01),
            "deep tags", repeated(60_000, 0xc1),
            "endless array", repeated(60_000, 0x9f),
            "an array of 2^31 elements", repeated(9, 0x9b, 0, 0, 0, 0, 0x80, 0, 0, 0),
            "a map of 2^63 entries", repeated(9, 0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
            "a text of 2^31 bytes", repeated(5, 0x7a, 0x7f, 0xff, 0xff, 0xff),
            "a number of 2^31 bytes", repeated(6, 0xc2, 0x5a, 0x7f, 0xff, 0xff, 0xff),
            "chunks without end", repeated(60_000, 0x7f, 0x60),
            "many readings", joined(new byte[] {(byte) 0x99, (byte) 0xea, 0x60}, repeated(60_000, 0xa0))));

    private static String object(java.util.stream.Stream<String> names) {
        return names.map(name -> "\"" + name + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    /** One of 2^11 names of 22 characters that all have one hash code. */
    private static String colliding(int number) {
        return IntStream.range(0, 11)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static byte[] repeated(int length, int... pattern) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) pattern[i % pattern.length];
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, byte[] rest) {
        byte[] bytes = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, bytes, head.length, rest.length);
        return bytes;
    }

    private static String many(int count, String numbered) {
        return IntStream.range(0, count).mapToObj(numbered::formatted).collect(Collectors.joining());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What one message cost, the least of some tries. */
    private record Cost(String what, long cpuNanos, long bytes) {
        static Cost of(String what, String format, byte[] payload) {
            long cpuNanos = Long.MAX_VALUE;
            long bytes = Long.MAX_VALUE;
            for (int i = 0; i < LEAST_TRIES || (cpuNanos > WANTED.toNanos() && i < MOST_TRIES); i++) {
                long cpuBefore = THREADS.getCurrentThreadCpuTime();
                long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
                Corpus.decode(format, payload);
                bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
                cpuNanos = Math.min(cpuNanos, THREADS.getCurrentThreadCpuTime() - cpuBefore);
            }
            return new Cost(what, cpuNanos, bytes);
        }
    }

    private static void warmUp(String format) {
        for (int i = 0; i < WARM_UP; i++) {
            BOMBS.values().forEach(bomb -> Corpus.decode(format, utf8(bomb)));
        }
    }

    private static void assertCheap(String format, List<Cost> costs) {
        Cost slowest = costs.stream()
                .max(java.util.Comparator.comparingLong(Cost::cpuNanos))
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%s: %d bombs, the slowest took %.2f ms (%s)%n",
                format,
                costs.size(),
                slowest.cpuNanos() / 1e6,
                slowest.what());
        assertThat(slowest.cpuNanos()).as("%s", slowest).isLessThan(LONGEST.toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nativeJson", "senMlJson", "thingsStack", "ngsiLd", "sensorCommunity", "mappedJson"})
    void bombsAreRefusedQuicklyWithAReason(String format) {
        List<Cost> costs = new ArrayList<>();
        warmUp(format);
        for (Map.Entry<String, String> bomb : BOMBS.entrySet()) {
            byte[] payload = utf8(bomb.getValue());
            assertThat(Corpus.decode(format, payload)).as(bomb.getKey()).allMatch(Rejected.class::isInstance);
            costs.add(Cost.of(bomb.getKey(), format, payload));
        }
        assertCheap(format, costs);
        assertThat(costs.stream().mapToLong(Cost::bytes).sum())
                .as("memory taken by all")
                .isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nativeJson", "senMlJson", "thingsStack", "ngsiLd", "sensorCommunity", "mappedJson"})
    void bombsInPlaceOfEachValueAreAnsweredQuickly(String format) throws Exception {
        List<Cost> costs = new ArrayList<>();
        for (String sample : Corpus.messages()
                .filter(name -> name.startsWith(format + "/") && !BROKEN.contains(name))
                .toList()) {
            JsonNode document = JsonCodec.strict().readTree(Samples.bytes(sample));
            for (String planted : withEachValueMarked(document)) {
                PARSED.forEach(name -> {
                    byte[] payload = utf8(planted.replace('"' + MARK + '"', BOMBS.getOrDefault(name, "")));
                    Corpus.check(sample, payload);
                    costs.add(Cost.of(name + " in " + planted, format, payload));
                });
            }
        }
        assertThat(costs).isNotEmpty();
        assertCheap(format, costs);
    }

    /** The document as often as it has values that hold no others, another one marked each time. */
    private static List<String> withEachValueMarked(JsonNode document) {
        List<String> marked = new ArrayList<>();
        markEach(document, document, marked);
        return marked;
    }

    private static void markEach(JsonNode document, JsonNode within, List<String> marked) {
        if (within instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                if (value.isValueNode()) {
                    object.put(name, MARK);
                    marked.add(document.toString());
                    object.set(name, value);
                }
                markEach(document, value, marked);
            }
        } else if (within instanceof ArrayNode array) {
            array.forEach(element -> markEach(document, element, marked));
        }
    }

    @Test
    void soAreThoseInCbor() {
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            CBOR_BOMBS.values().forEach(bomb -> Corpus.decode("senMlCbor", bomb));
        }
        CBOR_BOMBS.forEach((name, bomb) -> {
            for (byte[] payload : List.of(bomb, joined(new byte[] {(byte) 0x81}, bomb))) {
                assertThat(Corpus.decode("senMlCbor", payload)).as(name).allMatch(Rejected.class::isInstance);
                costs.add(Cost.of(name, "senMlCbor", payload));
            }
        });
        assertCheap("senMlCbor", costs);
        assertThat(costs.stream().mapToLong(Cost::bytes).sum())
                .as("memory taken by all")
                .isLessThan(MOST_BYTES);
    }
}
