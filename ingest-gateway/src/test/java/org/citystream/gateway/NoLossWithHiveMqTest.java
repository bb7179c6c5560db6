package org.citystream.gateway;

import java.nio.file.Path;

class NoLossWithHiveMqTest extends NoLossContract {
    @Override
    Broker broker(Path directory) {
        return Broker.hiveMq(directory);
    }
}
