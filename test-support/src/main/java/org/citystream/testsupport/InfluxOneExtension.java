package org.citystream.testsupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real InfluxDB 1.6.7, shared by all test classes of the JVM. Register as a static field with {@code @RegisterExtension}. */
public final class InfluxOneExtension implements BeforeAllCallback {
    private @Nullable InfluxOne influx;

    @Override
    public void beforeAll(ExtensionContext context) {
        influx = SharedServer.of(context, InfluxOne.class, InfluxOne::start);
    }

    public InfluxOne server() {
        if (influx == null) {
            throw new IllegalStateException("register InfluxOneExtension as a static field with @RegisterExtension");
        }
        return influx;
    }
}
