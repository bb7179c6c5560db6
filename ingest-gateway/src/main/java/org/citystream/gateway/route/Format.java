package org.citystream.gateway.route;

import org.citystream.gateway.decode.Decoder;
import org.citystream.gateway.decode.NgsiLd;
import org.citystream.gateway.decode.SenMl;
import org.citystream.gateway.decode.SensorCommunity;
import org.citystream.gateway.decode.Source;
import org.citystream.gateway.decode.ThingsStack;
import org.citystream.model.wire.WireName;

/** The foreign formats that need no more than a source. */
enum Format {
    SENML_JSON,
    SENML_CBOR,
    THINGS_STACK,
    NGSI_LD,
    SENSOR_COMMUNITY;

    Decoder decoder(Source source) {
        return switch (this) {
            case SENML_JSON -> new SenMl(source, SenMl.Form.JSON);
            case SENML_CBOR -> new SenMl(source, SenMl.Form.CBOR);
            case THINGS_STACK -> new ThingsStack(source);
            case NGSI_LD -> new NgsiLd(source);
            case SENSOR_COMMUNITY -> new SensorCommunity(source);
        };
    }

    /**
     * @throws IllegalArgumentException naming the known ones
     */
    static Format parse(String name) {
        return WireName.parse(Format.class, name);
    }
}
