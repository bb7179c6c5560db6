package org.citystream.audit.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Verdict;
import org.citystream.ledger.Entry;
import org.citystream.ledger.LedgerVisitor;
import org.citystream.ledger.MessageId;

/**
 * Holds what stands in Kafka against the ledgers: first the ledgers are read into a {@link MessageTable}, then every
 * reading and every rejected message is shown to this in the order of its partition, then the ledgers are read once more
 * with {@link #naming} for the names of what is worth telling; before that with {@link #forgetting} where Kafka has
 * forgotten something.
 */
public final class MessageAudit {
    static final int EXAMPLES = 20;
    private static final String SECTION = "messages";

    private static final String UNEXPLAINED = "duplicate-unexplained";

    private static final String OUT_OF_ORDER = "out-of-order";

    private final MessageTable table;
    private final List<Period> disturbed;
    private final boolean ordered;
    private final List<Integer> unexplained = new ArrayList<>();
    private long unexplainedCopies;
    private final Instant begun;
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<Long, Unknown> unknown = new LinkedHashMap<>();
    private long phantoms;
    private long strangers;
    private long nameless;

    /** A reading that stands in no ledger, as far as they have been read. */
    private record Unknown(MessageId id, int copies) {
        Unknown andOneMore(Unknown more) {
            return new Unknown(id, copies + more.copies);
        }
    }

    /**
     * An audit that also asks why a message arrived again, and why late.
     *
     * @param disturbed when something was broken, so that messages may have been sent again; empty: not asked
     * @param ordered whether sensors' messages are to keep their order
     */
    public MessageAudit(MessageTable table, List<Period> disturbed, boolean ordered) {
        this.table = table;
        this.disturbed = List.copyOf(disturbed);
        this.ordered = ordered;
        Instant opened = table.firstOpened();
        this.begun = opened == null ? Instant.MIN : opened;
    }

    /**
     * A reading stands in its topic.
     *
     * @param payloadHash of the bytes that the sensor must have sent, had it sent this
     * @param arrivedAt timestamp of the record
     */
    public void reading(MessageId id, long payloadHash, Instant arrivedAt) {
        long sensor = Hashes.sensor(id.sensorId());
        if (!table.knowsSensor(sensor)) {
            strangers++;
            return;
        }
        int message = find(id, sensor, payloadHash);
        if (message < 0) {
            phantom(id, arrivedAt);
        } else if (!table.isSame(message, sensor, payloadHash)) {
            table.alter(message);
        } else if (table.accept(message)) {
            table.arrive(message, sensor);
        } else if (table.isMoreThanSent(message) && !isExplained(arrivedAt)) {
            unexplained(message);
        }
    }

    private boolean isExplained(Instant arrivedAt) {
        return disturbed.isEmpty() || disturbed.stream().anyMatch(period -> period.contains(arrivedAt));
    }

    private void unexplained(int message) {
        unexplainedCopies++;
        if (unexplained.size() < EXAMPLES) {
            unexplained.add(message);
        }
    }

    /** By boot and sequence; in a foreign format's ledger, by time. */
    private int find(MessageId id, long sensor, long payloadHash) {
        int message = table.findReading(Hashes.identity(id), sensor, payloadHash);
        return message >= 0 || id.bootId() == null
                ? message
                : table.findReading(Hashes.identity(id.byTime()), sensor, payloadHash);
    }

    /** Whether the ledger has messages of a sensor. */
    public boolean knows(String sensorId) {
        return table.knowsSensor(Hashes.sensor(sensorId));
    }

    /**
     * A message stands among the rejected.
     *
     * @param sensorId as the gateway or its topic says
     * @param payloadHash of its bytes
     */
    public void rejected(String sensorId, long payloadHash, String reason, Instant arrivedAt) {
        long sensor = Hashes.sensor(sensorId);
        if (!table.knowsSensor(sensor)) {
            strangers++;
            return;
        }
        int message = table.findRejected(sensor, payloadHash);
        if (message >= 0) {
            if (table.reject(message)) {
                reasons.merge(reason, 1L, Long::sum);
            }
        } else if (!arrivedAt.isBefore(begun)) {
            nameless++;
        }
    }

    /** What arrived before the ledger was begun, nobody claims to have written down. */
    private void phantom(MessageId id, Instant arrivedAt) {
        if (arrivedAt.isBefore(begun)) {
            strangers++;
            return;
        }
        phantoms++;
        if (unknown.size() < EXAMPLES * 1_000) {
            unknown.merge(Hashes.identity(id), new Unknown(id, 1), Unknown::andOneMore);
        }
    }

    /**
     * Reads the ledgers again: gives the examples their names, and clears readings that were sent while Kafka was read.
     */
    public LedgerVisitor naming(Map<Integer, MessageId> names) {
        return new LedgerVisitor() {
            private int number;

            @Override
            public void sent(Entry entry) {
                names.computeIfPresent(number, (n, old) -> entry.id());
                // Wherever it stands by now: of several ledgers, any may have grown.
                Unknown sentMeanwhile = unknown.remove(Hashes.identity(entry.id()));
                if (sentMeanwhile != null) {
                    phantoms -= sentMeanwhile.copies();
                }
                number++;
            }
        };
    }

    /** Reads the ledgers again, before {@link #wanted}: what is nowhere may have been there before the horizon. */
    public LedgerVisitor forgetting(Horizon horizon) {
        return new LedgerVisitor() {
            private Instant opened = Instant.MIN;

            @Override
            public void opened(Instant wall, long firstNumber) {
                opened = wall;
            }

            @Override
            public void sent(Entry entry) {
                table.forgettable(entry, horizon.mayHide(opened, entry.id().observedAt()));
            }
        };
    }

    /** Which entries {@link #naming} should name, each with any name for now. */
    public Map<Integer, MessageId> wanted() {
        Map<Integer, MessageId> wanted = new HashMap<>();
        MessageId none = new MessageId("?", null, null, null, Instant.EPOCH);
        examples().values().forEach(entries -> entries.forEach(entry -> wanted.put(entry, none)));
        return wanted;
    }

    private Map<String, List<Integer>> examples() {
        Map<String, List<Integer>> examples = new TreeMap<>();
        for (int message = 0; message < table.size(); message++) {
            Fate fate = table.fate(message);
            if (fate != Fate.ONCE) {
                example(examples, fate.wireName(), message);
            }
            if (table.isReordered(message)) {
                example(examples, "reordered", message);
            }
            if (table.isOutOfOrder(message)) {
                example(examples, OUT_OF_ORDER, message);
            }
        }
        unexplained.forEach(message -> example(examples, UNEXPLAINED, message));
        return examples;
    }

    private void example(Map<String, List<Integer>> examples, String name, int message) {
        List<Integer> entries = examples.computeIfAbsent(name, n -> new ArrayList<>());
        if (entries.size() < EXAMPLES) {
            entries.add(table.firstEntry(message));
        }
    }

    /** @param names as given by {@link #naming} */
    public List<Line> lines(Map<Integer, MessageId> names) {
        EnumMap<Fate, Long> fates = new EnumMap<>(Fate.class);
        long copies = 0;
        long reordered = 0;
        long outOfOrder = 0;
        for (int message = 0; message < table.size(); message++) {
            fates.merge(table.fate(message), 1L, Long::sum);
            copies += Math.max(0, table.copies(message) - 1);
            reordered += table.isReordered(message) ? 1 : 0;
            outOfOrder += table.isOutOfOrder(message) ? 1 : 0;
        }
        Map<String, List<Integer>> examples = examples();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.told(SECTION, "sent", table.size()));
        for (Fate fate : Fate.values()) {
            lines.add(new Line(
                    SECTION,
                    fate.wireName(),
                    fates.getOrDefault(fate, 0L),
                    fate.isFailure() ? Verdict.FAILURE : Verdict.TOLD,
                    named(examples, fate.wireName(), names)));
        }
        lines.add(Line.told(SECTION, "extra-copies", copies));
        if (!disturbed.isEmpty()) {
            lines.add(new Line(
                    SECTION, UNEXPLAINED, unexplainedCopies, Verdict.FAILURE, named(examples, UNEXPLAINED, names)));
        }
        lines.add(new Line(SECTION, "reordered", reordered, Verdict.TOLD, named(examples, "reordered", names)));
        if (ordered) {
            lines.add(
                    new Line(SECTION, OUT_OF_ORDER, outOfOrder, Verdict.FAILURE, named(examples, OUT_OF_ORDER, names)));
        }
        lines.add(phantomLine());
        lines.add(Line.told(SECTION, "rejected-unknown", nameless));
        lines.add(Line.told(SECTION, "not-in-ledger", strangers));
        reasons.forEach((reason, count) -> lines.add(Line.told("rejected", reason, count)));
        return lines;
    }

    private Line phantomLine() {
        List<String> examples = unknown.values().stream()
                .limit(EXAMPLES)
                .map(reading -> reading.id().toString())
                .toList();
        return new Line(SECTION, "phantom", phantoms, Verdict.FAILURE, examples);
    }

    private static List<String> named(Map<String, List<Integer>> examples, String name, Map<Integer, MessageId> names) {
        return examples.getOrDefault(name, List.of()).stream()
                .map(entry -> String.valueOf(names.get(entry)))
                .toList();
    }
}
