package org.citystream.simulator;

import java.nio.file.Path;
import java.time.Instant;
import org.citystream.ledger.Ledger;
import org.citystream.simulator.publish.LoadShape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What both sources of readings can do with them. A picocli mixin. */
final class PublishSettings {
    @Option(
            names = "--load",
            converter = ShapeConverter.class,
            paramLabel = "SHAPE",
            description = {
                "Publish so many readings a second instead of at a speed, and let the clock follow them:"
                        + " constant:rate=5000, ramp:from=100,to=20000,over=PT5M, burst:rate=500,peak=10000,every=PT1M,for=PT5S,"
                        + " diurnal:low=100,high=2000,day=PT10M."
            })
    @Nullable LoadShape load;

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            description = "Keep a ledger of every message and what became of it, for ./city verify (default: none).")
    @Nullable Path ledger;

    /** @return null if none is to be kept */
    @Nullable Ledger openLedger(Instant wall) {
        return ledger == null ? null : Ledger.open(ledger, wall);
    }

    /** For picocli, which shows the message of this exception only. */
    static final class ShapeConverter implements ITypeConverter<LoadShape> {
        @Override
        public LoadShape convert(String text) {
            try {
                return LoadShape.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
