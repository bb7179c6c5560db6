package org.citystream.audit.message;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.citystream.ledger.Entry;
import org.citystream.ledger.LedgerVisitor;
import org.jspecify.annotations.Nullable;

/**
 * All messages of one or several ledgers. Entries with equal identity and payload are one message that was sent again. A
 * message takes 25 bytes in columns and 13 to 27 in two indexes, so that ten million fit into 520 MB.
 */
public final class MessageTable implements LedgerVisitor {
    private static final byte ACKNOWLEDGED = 1;
    private static final byte NATIVE = 2;
    private static final byte ALTERED = 4;
    private static final byte REORDERED = 8;
    private static final byte FORGETTABLE = 16;
    private static final byte OUT_OF_ORDER = 32;
    private static final int MOST = 255;

    private final Slots byIdentity = new Slots(this::identity);
    private final Slots byPayload = new Slots(this::payloadKey);
    /** Numbers of entries whose outcome has not been read yet: as many as were ever in flight at once. */
    private final Map<Long, Integer> open = new HashMap<>();

    private final SensorOrder order = new SensorOrder();

    private int ledgers;
    /** Number of the entry that comes next in the ledger being read. */
    private long next = -1;

    private int size;
    private int entries;
    private @Nullable Instant firstOpened;
    private long[] identities = new long[1 << 10];
    private long[] payloads = new long[1 << 10];
    private int[] firstEntries = new int[1 << 10];
    private byte[] flags = new byte[1 << 10];
    private byte[] sendings = new byte[1 << 10];
    private byte[] accepted = new byte[1 << 10];
    private byte[] rejected = new byte[1 << 10];

    @Override
    public void opened(Instant wall, long firstNumber) {
        open.clear();
        if (firstNumber != next) {
            ledgers++;
        }
        next = firstNumber;
        if (firstOpened == null || wall.isBefore(firstOpened)) {
            firstOpened = wall;
        }
    }

    @Override
    public void sent(Entry entry) {
        order.sent(Hashes.sensor(entry.id().sensorId()), ledgers);
        int message = find(entry);
        if (message < 0) {
            message = add(identity(entry), payload(entry), entry.nativeFormat());
        }
        sendings[message] = increased(sendings[message]);
        open.put(entry.number(), message);
        next = entry.number() + 1;
        entries++;
    }

    @Override
    public void repeated(long number) {
        Integer message = open.get(number);
        if (message != null) {
            sendings[message] = increased(sendings[message]);
        }
    }

    /** The message that an entry is one sending of; -1 if there is none. */
    private int find(Entry entry) {
        long payload = payload(entry);
        return byIdentity.find(identity(entry), m -> payloads[m] == payload);
    }

    private static long identity(Entry entry) {
        return Hashes.identity(entry.nativeFormat() ? entry.id() : entry.id().byTime());
    }

    private static long payload(Entry entry) {
        return mixed(Hashes.sensor(entry.id().sensorId()), entry.payloadHash());
    }

    @Override
    public void acknowledged(long number) {
        Integer message = open.remove(number);
        if (message != null) {
            flags[message] |= ACKNOWLEDGED;
        }
    }

    @Override
    public void indefinite(long number) {
        open.remove(number);
    }

    private int add(long identity, long payload, boolean nativeFormat) {
        int message = size++;
        if (message == identities.length) {
            grow();
        }
        identities[message] = identity;
        payloads[message] = payload;
        firstEntries[message] = entries;
        flags[message] = nativeFormat ? NATIVE : 0;
        byIdentity.add(message);
        byPayload.add(message);
        return message;
    }

    private void grow() {
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2);
        identities = Arrays.copyOf(identities, capacity);
        payloads = Arrays.copyOf(payloads, capacity);
        firstEntries = Arrays.copyOf(firstEntries, capacity);
        flags = Arrays.copyOf(flags, capacity);
        sendings = Arrays.copyOf(sendings, capacity);
        accepted = Arrays.copyOf(accepted, capacity);
        rejected = Arrays.copyOf(rejected, capacity);
    }

    private long identity(int message) {
        return identities[message];
    }

    private long payloadKey(int message) {
        return payloads[message];
    }

    /** A payload under its sensor: equal payloads of two sensors are two. */
    private static long mixed(long sensor, long payloadHash) {
        return sensor * 31 ^ payloadHash;
    }

    int size() {
        return size;
    }

    /** Entries read, which are more than messages where some were sent again. */
    int entries() {
        return entries;
    }

    boolean knowsSensor(long sensor) {
        return order.knows(sensor);
    }

    /** When the first ledger was begun; null before anything was read. */
    @Nullable Instant firstOpened() {
        return firstOpened;
    }

    /** The message that a reading is; the first of its identity if none has this payload; -1 if none has its identity. */
    int findReading(long identity, long sensor, long payloadHash) {
        int exact = byIdentity.find(identity, m -> !isNative(m) || payloads[m] == mixed(sensor, payloadHash));
        return exact >= 0 ? exact : byIdentity.find(identity, m -> true);
    }

    /** Whether the reading is what was sent. */
    boolean isSame(int message, long sensor, long payloadHash) {
        return !isNative(message) || payloads[message] == mixed(sensor, payloadHash);
    }

    /** The message that was rejected, one that was not found rejected before where there is one; -1 if none was sent so. */
    int findRejected(long sensor, long payloadHash) {
        long key = mixed(sensor, payloadHash);
        int fresh = byPayload.find(key, m -> rejected[m] == 0);
        return fresh >= 0 ? fresh : byPayload.find(key, m -> true);
    }

    private boolean isNative(int message) {
        return (flags[message] & NATIVE) != 0;
    }

    /** @return whether it is the first time */
    boolean accept(int message) {
        boolean first = accepted[message] == 0;
        accepted[message] = increased(accepted[message]);
        return first;
    }

    /** @return whether it is the first time */
    boolean reject(int message) {
        boolean first = rejected[message] == 0;
        rejected[message] = increased(rejected[message]);
        return first;
    }

    /** Notes whether what was sent with this entry may have been there, and be forgotten; the last sending decides. */
    void forgettable(Entry entry, boolean forgettable) {
        int message = find(entry);
        if (message >= 0) {
            flags[message] = (byte) (forgettable ? flags[message] | FORGETTABLE : flags[message] & ~FORGETTABLE);
        }
    }

    void alter(int message) {
        flags[message] |= ALTERED;
    }

    /** Notes that a message has arrived for the first time, and whether that was behind a later one of its sensor. */
    void arrive(int message, long sensor) {
        byte flag = switch (order.arrive(sensor, firstEntries[message], isSentOnce(message))) {
            case IN_ORDER -> 0;
            case REORDERED -> REORDERED;
            case OUT_OF_ORDER -> REORDERED | OUT_OF_ORDER;
        };
        flags[message] |= flag;
    }

    /** What is not acknowledged yet may still be sent again; what others translate may not be the message that it seems. */
    private boolean isSentOnce(int message) {
        return (flags[message] & ACKNOWLEDGED) != 0 && isNative(message) && sendings[message] == 1;
    }

    private static byte increased(byte count) {
        int value = Byte.toUnsignedInt(count);
        return (byte) Math.min(MOST, value + 1);
    }

    Fate fate(int message) {
        return Fate.of(
                (flags[message] & ACKNOWLEDGED) != 0,
                copies(message),
                Byte.toUnsignedInt(rejected[message]),
                (flags[message] & ALTERED) != 0,
                (flags[message] & FORGETTABLE) != 0);
    }

    /** How often it stands among the readings; more than 255 are 255. */
    int copies(int message) {
        return Byte.toUnsignedInt(accepted[message]);
    }

    /** Whether it stands more often among the readings than its source has sent it. */
    boolean isMoreThanSent(int message) {
        return copies(message) > Byte.toUnsignedInt(sendings[message]);
    }

    boolean isReordered(int message) {
        return (flags[message] & REORDERED) != 0;
    }

    /** Whether it has arrived behind a later one of its sensor, though both were sent once. */
    boolean isOutOfOrder(int message) {
        return (flags[message] & OUT_OF_ORDER) != 0;
    }

    /** Number of the entry with which it was first sent, counted over all ledgers. */
    int firstEntry(int message) {
        return firstEntries[message];
    }
}
