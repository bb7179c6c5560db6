package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * Compact binary form of a piece of state. Every value starts with its format version, so that a newer program reads
 * what an older one wrote. Implementations are stateless and thread-safe.
 */
public interface Codec<T> extends Serializable {

    void write(T value, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;

    /** A value that shares nothing mutable with the given one; immutable values return themselves. */
    T copy(T value);
}
