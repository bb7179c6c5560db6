package org.citystream.alerting.lifecycle;

import java.util.OptionalLong;
import java.util.function.Function;

/** Where alerts are kept. */
public interface AlertStore {

    /**
     * Does all of {@code work} or nothing of it.
     *
     * @throws InvalidDataException if the store refuses the data themselves: trying again cannot help
     * @throws StoreUnavailableException if it cannot be reached or gave up: trying again later may help
     */
    <T> T inTransaction(Function<AlertTransaction, T> work);

    /** Offset from which a partition is to be read; empty if nothing of it has been recorded. */
    OptionalLong offset(String topic, int partition);
}
