package org.citystream.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.citystream.gateway.decode.Decoder;
import org.citystream.gateway.decode.NativeJson;

/** Finds the decoder of a topic: the native one for native topics, else the one route that means it. Thread-safe. */
public final class Routes {
    private static final List<TopicFilter> NATIVE =
            List.of(new TopicFilter("city/+/traffic/+"), new TopicFilter("city/+/air/+"));

    /** No route may mean these: native messages, and what the gateway says to itself. */
    static final List<TopicFilter> OURS = List.of(new TopicFilter("city/#"), new TopicFilter("citystream/#"));

    private final Decoder nativeJson = new NativeJson();
    private final List<Route> routes;

    /** The native format, and these. */
    public Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** A topic that nobody means is the native decoder's too, which says so. */
    public Decoder decoder(String topic) {
        if (topic.startsWith("city/")) {
            return nativeJson;
        }
        for (Route route : routes) {
            if (route.isFor(topic)) {
                return route.decoder();
            }
        }
        return nativeJson;
    }

    /** What to subscribe to, the native topics first. */
    public List<String> filters() {
        List<String> filters = new ArrayList<>();
        NATIVE.forEach(filter -> filters.add(filter.text()));
        routes.forEach(route -> route.topics().forEach(topic -> filters.add(topic.text())));
        return filters.stream().distinct().toList();
    }
}
