package org.citystream.gateway.route;

import java.util.List;
import org.citystream.gateway.decode.Decoder;

/** Topics on which one format is spoken. */
public record Route(List<TopicFilter> topics, Decoder decoder) {

    boolean isFor(String topic) {
        return topics.stream().anyMatch(filter -> filter.matches(topic));
    }
}
