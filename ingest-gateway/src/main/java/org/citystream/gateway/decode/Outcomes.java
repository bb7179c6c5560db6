package org.citystream.gateway.decode;

import java.util.ArrayList;
import java.util.List;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.place.SensorKind;

/** What becomes of the readings of one message, each by itself. */
final class Outcomes {
    /** One message must not become an unbounded number of records. */
    static final int MAX_READINGS = 1_000;

    /** Puts into a draft what the message says. */
    @FunctionalInterface
    interface Filling {
        void into(ReadingDraft draft) throws Refusal;
    }

    private final String cityId;
    private final List<Decoded> outcomes = new ArrayList<>(1);

    Outcomes(String cityId) {
        this.cityId = cityId;
    }

    /**
     * One more reading, or why it is none.
     *
     * @throws Refusal if the message carries too many
     */
    void add(SensorKind kind, Filling filling) throws Refusal {
        checkRoom(outcomes.size());
        ReadingDraft draft = new ReadingDraft(kind);
        try {
            filling.into(draft);
            outcomes.add(new Accepted(draft.reading(cityId)));
        } catch (Refusal refusal) {
            outcomes.add(draft.rejected(refusal));
        }
    }

    /** One more that is none. */
    void add(Refusal refusal) throws Refusal {
        checkRoom(outcomes.size());
        outcomes.add(rejected(refusal));
    }

    /**
     * Says whether there may be another reading beside so many.
     *
     * @throws Refusal if not
     */
    static void checkRoom(int readings) throws Refusal {
        if (readings >= MAX_READINGS) {
            throw new Refusal(RejectReason.TOO_LARGE, "a message may carry " + MAX_READINGS + " readings");
        }
    }

    /** All of them. */
    List<Decoded> list() throws Refusal {
        if (outcomes.isEmpty()) {
            throw new Refusal(RejectReason.MISSING_FIELD, "the message holds no reading");
        }
        return outcomes;
    }

    /** The message as a whole is refused. */
    static Rejected rejected(Refusal refusal) {
        return new Rejected(refusal.reason(), refusal.detail(), null, null);
    }
}
