package org.citystream.benchmarks.streams;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.citystream.analytics.pane.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What goes from one step to the next through a repartition topic: an observation, or the clock of the partition that it
 * comes from.
 *
 * @param observation null: a clock
 * @param partition that the clock is of
 * @param clock epoch ms
 * @param since start of uninterrupted intake, epoch ms
 */
record Message(@Nullable Observation observation, int partition, long clock, long since) {
    static byte[] of(Observation observation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(true);
            out.writeUTF(observation.subjectId());
            out.writeUTF(observation.sensorId());
            out.writeInt(observation.laneId());
            out.writeLong(observation.observedAt());
            out.writeLong(observation.periodMillis());
            out.writeLong(observation.boot());
            out.writeLong(observation.number());
            out.writeLong(observation.support());
            write(observation.totals(), out);
            write(observation.offsets(), out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    static byte[] clock(int partition, long clock, long since) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(false);
            out.writeInt(partition);
            out.writeLong(clock);
            out.writeLong(since);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    static Message read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!in.readBoolean()) {
                return new Message(null, in.readInt(), in.readLong(), in.readLong());
            }
            return new Message(
                    new Observation(
                            in.readUTF(),
                            in.readUTF(),
                            in.readInt(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            longs(in),
                            longs(in)),
                    0,
                    0,
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException("no message of ours", e);
        }
    }

    private static void write(long[] numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.length);
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] numbers = new long[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readLong();
        }
        return numbers;
    }
}
