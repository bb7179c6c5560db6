package org.citystream.analytics.pane;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A fold's state as text in an event: deflated, base 64. */
public final class SourceState {
    private SourceState() {}

    static <S> String encoded(Codec<S> codec, S state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            codec.write(state, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** @throws IOException if this is no such state, or one of another format */
    public static <S> S decoded(Codec<S> codec, String text) throws IOException {
        byte[] deflated;
        try {
            deflated = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("not base 64", e);
        }
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(deflated)))) {
            return codec.read(in);
        }
    }
}
