package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The 8 h ozone value that AirNow reports now where too little history exists for its regression: 0.85 c + 4.5 ppb of
 * the newest hour, or of the one or two hours before it when that is missing; 0 where everything known is 0
 * (USEPA/O3-Nowcast, {@code GetNowcast.r}).
 */
public final class OzoneSurrogate {
    private static final BigDecimal SLOPE = new BigDecimal("0.85");
    private static final BigDecimal OFFSET_PPB = new BigDecimal("4.5");
    private static final int OLDEST_USED = 3;

    private OzoneSurrogate() {}

    /**
     * The surrogate in ppb, not truncated; nothing when the last three hours are missing. Where at least three quarters
     * of the hours are known and all of them are 0, it is 0 and not the offset.
     *
     * @param hoursPpb hourly means in ppb, newest first, null where missing
     */
    public static Optional<BigDecimal> of(List<? extends @Nullable BigDecimal> hoursPpb) {
        for (@Nullable BigDecimal hour : hoursPpb.subList(0, Math.min(OLDEST_USED, hoursPpb.size()))) {
            if (hour != null) {
                return Optional.of(areAllZero(hoursPpb) ? BigDecimal.ZERO : surrogate(hour));
            }
        }
        return Optional.empty();
    }

    private static boolean areAllZero(List<? extends @Nullable BigDecimal> hoursPpb) {
        int known = 0;
        for (@Nullable BigDecimal hour : hoursPpb) {
            if (hour != null && hour.signum() != 0) {
                return false;
            }
            known += hour == null ? 0 : 1;
        }
        return known > 0 && 4 * known >= 3 * hoursPpb.size();
    }

    private static BigDecimal surrogate(BigDecimal ppb) {
        return SLOPE.multiply(ppb).add(OFFSET_PPB).max(BigDecimal.ZERO);
    }
}
