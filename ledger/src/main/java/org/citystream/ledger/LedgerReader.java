package org.citystream.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files of a ledger in order, also while it is being written. */
public final class LedgerReader {
    static final String ENDING = ".ledger";
    private static final int BUFFER = 1 << 20;

    private LedgerReader() {}

    /**
     * Reads all files of a ledger's folder.
     *
     * @throws LedgerException if there is none, or a line is no ledger line; a last line without its end is passed over: its
     *     writer was killed, or still writes
     */
    public static void read(Path folder, LedgerVisitor visitor) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new LedgerException("there is no ledger in " + folder + ": no *" + ENDING + " file");
        }
        files.forEach(file -> readFile(file, visitor));
    }

    /** The files of a ledger, oldest first; empty if the folder does not exist. */
    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LedgerException("cannot list the ledger " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The highest number in the files' names, also where older ones have been removed; 0 if there are none. */
    static int newest(List<Path> files) {
        return files.stream()
                .map(file -> file.getFileName().toString().replace(ENDING, ""))
                .filter(name -> name.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    static void readFile(Path file, LedgerVisitor visitor) {
        long number = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                BufferedReader lines = new BufferedReader(
                        Channels.newReader(channel, StandardCharsets.ISO_8859_1.newDecoder(), BUFFER), BUFFER)) {
            String held = lines.readLine();
            while (held != null) {
                number++;
                String next = lines.readLine();
                if (next == null && !endsWithLine(channel)) {
                    return;
                }
                LedgerLine.read(held, visitor);
                held = next;
            }
        } catch (IllegalArgumentException e) {
            throw new LedgerException(file + ", line " + number + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LedgerException("cannot read the ledger " + file + ": " + e.getMessage(), e);
        }
    }

    /** Asked at the end of what was read. */
    private static boolean endsWithLine(FileChannel channel) throws IOException {
        java.nio.ByteBuffer last = java.nio.ByteBuffer.allocate(1);
        return channel.read(last, channel.position() - 1) == 1 && last.get(0) == '\n';
    }
}
