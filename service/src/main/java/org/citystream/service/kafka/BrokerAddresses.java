package org.citystream.service.kafka;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Addresses of brokers as Kafka's clients take them, judged while options are read: a client says it too late. */
public final class BrokerAddresses implements ITypeConverter<String> {
    private static final String ADDRESS = "(\\w+://)?(\\[[0-9A-Fa-f:.%]+]|[\\w.%-]+):\\d{1,5}";
    private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(\\s*,\\s*" + ADDRESS + ")*");

    @Override
    public String convert(String text) {
        if (!ADDRESSES.matcher(text.strip()).matches()) {
            throw new TypeConversionException(
                    "must be HOST:PORT, or several separated by commas, but is '" + text + "'");
        }
        return text.strip();
    }
}
