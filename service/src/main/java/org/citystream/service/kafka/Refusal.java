package org.citystream.service.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why Kafka did not do what was asked, in words for people: no names of classes, no inner workings of its client. */
public final class Refusal {
    private Refusal() {}

    public static String reason(Exception failure) {
        Throwable why = failure;
        for (Throwable cause = why.getCause(); cause != null && isWrapper(why); cause = why.getCause()) {
            why = cause;
        }
        @Nullable String said = why.getMessage();
        return why instanceof TimeoutException || said == null ? "it does not answer" : said;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ExecutionException || failure.getClass() == KafkaException.class;
    }
}
