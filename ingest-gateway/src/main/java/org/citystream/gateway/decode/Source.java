package org.citystream.gateway.decode;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.ReferenceTemperature;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration knows of those who send a foreign format, and their messages do not say.
 *
 * @param cityId the city their readings belong to
 * @param kind what they measure; null: told by the fields of each message
 * @param sensorTopicLevel level of the MQTT topic, from 1, that names the sensor; 0: the payload names it
 * @param timeZone of local times; null: UTC, and readings that needed it are flagged
 * @param referenceTemperature their mass concentrations of gases are stated at
 * @param units of values that come without one
 */
public record Source(
        String cityId,
        @Nullable SensorKind kind,
        int sensorTopicLevel,
        @Nullable ZoneId timeZone,
        ReferenceTemperature referenceTemperature,
        Map<Quantity, Unit> units) {

    /** Senders of whom nothing special is known. */
    public static Source of(String cityId) {
        return new Source(cityId, null, 0, null, ReferenceTemperature.CELSIUS_20, Map.of());
    }

    /**
     * The sensor's id in the sender's terms.
     *
     * @param inPayload what the payload says; null if it says nothing
     * @throws Refusal if topic and payload disagree, or neither says
     */
    ForeignId sensor(String topic, @Nullable String inPayload) throws Refusal {
        if (sensorTopicLevel > 0) {
            String[] levels = topic.split("/", -1);
            if (levels.length < sensorTopicLevel) {
                throw new Refusal(
                        RejectReason.MISSING_FIELD,
                        "the topic has no level " + sensorTopicLevel + " to name the sensor");
            }
            String inTopic = levels[sensorTopicLevel - 1];
            if (inPayload != null && !inPayload.equals(inTopic)) {
                throw new Refusal(
                        RejectReason.IDENTITY_MISMATCH, "the topic names " + inTopic + ", the payload " + inPayload);
            }
            return ForeignId.of(inTopic);
        }
        if (inPayload == null) {
            throw new Refusal(RejectReason.MISSING_FIELD, "neither topic nor payload names the sensor");
        }
        return ForeignId.of(inPayload);
    }

    /** The unit a message gives, else the configured one, else what the format takes for granted. */
    Unit unit(Quantity quantity, @Nullable String given, Unit otherwise) throws Refusal {
        if (given == null) {
            return units.getOrDefault(quantity, otherwise);
        }
        Optional<Unit> unit = Unit.parse(given);
        if (unit.isEmpty()) {
            throw new Refusal(RejectReason.UNKNOWN_UNIT, quantity.field() + " comes in '" + given + "'");
        }
        return unit.get();
    }

    /** Puts a value into the draft, in the unit of records; one that sensors of its kind do not measure is flagged. */
    void measure(ReadingDraft draft, Quantity quantity, double value, Unit unit) throws Refusal {
        if (quantity.kind() == draft.kind()) {
            draft.measure(quantity, quantity.normalised(value, unit, referenceTemperature));
        } else {
            draft.flag("other-kind:" + quantity.field());
        }
    }
}
