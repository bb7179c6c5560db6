package org.citystream.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A ledger being written. A message stands in it, and is with the operating system, before it is handed to the broker, so
 * that a process that is killed leaves no message behind that its ledger does not know; outcomes follow with the next
 * message or {@link #flush}. What a power failure takes from the operating system is lost. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    /** Longest line: an id of 128 characters, a boot, numbers. */
    private static final int LONGEST_LINE = 512;

    private final FileChannel lock;
    private final FileChannel file;
    private final Path path;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Set<Long> open = new HashSet<>();
    private long next;
    /** How far the file holds whole lines. */
    private long whole;

    private @Nullable LedgerException failed;

    private Ledger(FileChannel lock, FileChannel file, Path path, long next) {
        this.lock = lock;
        this.file = file;
        this.path = path;
        this.next = next;
    }

    /**
     * Goes on with the ledger of a folder, in a new file, or begins one. What the last process has left without outcome is
     * indefinite from now on: it may be sent again, as another entry.
     *
     * @param wall stands in the ledger as the time at which it was opened
     * @throws LedgerException if it cannot be read or written
     */
    public static Ledger open(Path folder, Instant wall) {
        try {
            Files.createDirectories(folder);
            FileChannel lock = lock(folder);
            List<Path> files = LedgerReader.files(folder);
            Open left = new Open();
            if (!files.isEmpty()) {
                LedgerReader.readFile(files.get(files.size() - 1), left);
            }
            Path path = folder.resolve(String.format("%06d%s", LedgerReader.newest(files) + 1, LedgerReader.ENDING));
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Ledger ledger = new Ledger(lock, file, path, left.next);
            ledger.begin(wall, left.numbers);
            return ledger;
        } catch (IOException e) {
            throw new LedgerException("cannot write a ledger to " + folder + ": " + e, e);
        }
    }

    /** Held until the process ends, however it ends. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
        }
        lock.close();
        throw new LedgerException("another process writes the ledger " + folder + "; give each a folder of its own");
    }

    private synchronized void begin(Instant wall, Set<Long> left) {
        append(LedgerLine.opened(wall, next));
        left.forEach(number -> append(LedgerLine.indefinite(number)));
        write();
    }

    /**
     * A message is about to be handed to the broker.
     *
     * @return its number, by which its outcome is told
     */
    public synchronized long sent(MessageId id, long payloadHash, boolean nativeFormat) {
        long number = next++;
        open.add(number);
        append(LedgerLine.sent(new Entry(number, id, payloadHash, nativeFormat)));
        write();
        return number;
    }

    /** A message without outcome is about to be handed to the broker once more. */
    public synchronized void repeated(long number) {
        if (open.contains(number)) {
            append(LedgerLine.repeated(number));
            write();
        }
    }

    /** The broker has the message. */
    public synchronized void acknowledged(long number) {
        if (open.remove(number)) {
            append(LedgerLine.acknowledged(number));
        }
    }

    /** Nobody will tell what became of the message. */
    public synchronized void indefinite(long number) {
        if (open.remove(number)) {
            append(LedgerLine.indefinite(number));
        }
    }

    /** Hands all outcomes to the operating system. */
    public synchronized void flush() {
        write();
    }

    /** Ends it: what has no outcome by now is indefinite. */
    @Override
    public synchronized void close() {
        if (!file.isOpen()) {
            return;
        }
        try {
            if (failed == null) {
                new TreeSet<>(open).forEach(this::indefinite);
                write();
            }
        } finally {
            release();
        }
    }

    private void release() {
        try {
            file.force(false);
            file.close();
            lock.close();
        } catch (IOException e) {
            throw new LedgerException("cannot write the ledger " + path + ": " + e, e);
        }
    }

    private void append(String line) {
        if (buffer.remaining() < Math.max(LONGEST_LINE, line.length())) {
            write();
        }
        buffer.put(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** After a failure nothing is written any more: behind half a line nobody could read it. */
    private void write() {
        if (failed != null) {
            throw failed;
        }
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            whole = file.position();
        } catch (IOException e) {
            failed = new LedgerException("cannot write the ledger " + path + ": " + e, e);
            cutOff(failed);
            throw failed;
        } finally {
            buffer.clear();
        }
    }

    private void cutOff(LedgerException failure) {
        try {
            file.truncate(whole);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** What the last file of a ledger leaves without outcome. */
    private static final class Open implements LedgerVisitor {
        private final Set<Long> numbers = new TreeSet<>();
        private long next;

        @Override
        public void opened(Instant wall, long firstNumber) {
            next = firstNumber;
        }

        @Override
        public void sent(Entry entry) {
            numbers.add(entry.number());
            next = entry.number() + 1;
        }

        @Override
        public void acknowledged(long number) {
            numbers.remove(number);
        }

        @Override
        public void indefinite(long number) {
            numbers.remove(number);
        }
    }
}
