package org.citystream.gateway;

import java.nio.file.Path;

class NoLossWithMosquittoTest extends NoLossContract {
    @Override
    Broker broker(Path directory) {
        return Broker.mosquitto(directory);
    }
}
