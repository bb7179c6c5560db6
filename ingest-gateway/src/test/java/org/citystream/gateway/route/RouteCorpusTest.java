package org.citystream.gateway.route;

import java.util.stream.Stream;
import org.citystream.testsupport.fuzz.KeptInputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kept file, list and filter is answered, and so are breakages of each. */
class RouteCorpusTest {
    @TestFactory
    Stream<DynamicTest> routesAndFilters() {
        return KeptInputs.replay(RouteFuzzTest.class);
    }
}
