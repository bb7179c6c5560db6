package org.citystream.simulator.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Rfc3339;

/**
 * Uplinks of The Things Stack v3 as its MQTT integration hands them on, with the fields of the application's payload
 * formatter. The session stands for the boot, the frame counter for the sequence.
 */
final class ThingsStackFormat implements ForeignFormat {
    private static final String APPLICATION = "citystream";
    private static final String TENANT = "simulated";

    @Override
    public String name() {
        return "things-stack";
    }

    @Override
    public Set<SensorKind> kinds() {
        return Set.of(SensorKind.AIR);
    }

    @Override
    public String topic(String sensorId) {
        return "v3/" + APPLICATION + "@" + TENANT + "/devices/" + sensorId + "/up";
    }

    @Override
    public byte[] payload(AirQualityReading reading) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode ids = root.putObject("end_device_ids").put("device_id", reading.sensorId());
        ids.putObject("application_ids").put("application_id", APPLICATION);
        String observedAt = Rfc3339.text(reading.observedAt());
        root.put("received_at", observedAt);
        ObjectNode uplink = root.putObject("uplink_message").put("f_port", 1).put("received_at", observedAt);
        if (reading.bootId() != null) {
            uplink.put("session_key_id", reading.bootId()).put("f_cnt", reading.sequence());
        }
        ObjectNode decoded = uplink.putObject("decoded_payload");
        AirValues.of(reading).forEach(decoded::put);
        // A payload formatter speaks of percent, as The Things Stack's own normalised payload does.
        if (reading.relativeHumidity() != null) {
            decoded.put("relativeHumidity", Math.rint(reading.relativeHumidity() * 1e6) / 1e4);
        }
        return JsonCodec.write(root);
    }
}
