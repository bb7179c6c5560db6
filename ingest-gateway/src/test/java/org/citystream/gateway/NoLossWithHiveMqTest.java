package org.citystream.gateway;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

class NoLossWithHiveMqTest extends NoLossContract {
    @Override
    Broker broker(Path directory) {
        return Broker.hiveMq(directory);
    }

    /** The line is the same: by default those after which a broker has most to put right. */
    @Override
    Set<Fault> faults() {
        return Boolean.getBoolean("proofs") ? super.faults() : EnumSet.of(Fault.CUT, Fault.HALF_OPEN);
    }
}
