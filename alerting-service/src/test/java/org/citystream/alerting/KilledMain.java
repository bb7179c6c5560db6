package org.citystream.alerting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.citystream.alerting.lifecycle.AlertStore;
import org.citystream.alerting.lifecycle.AlertTransaction;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Outbox;
import org.citystream.alerting.notify.Outcome;
import org.citystream.alerting.notify.webhook.AddressRange;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.PostgresExtension;

/**
 * The alerting service as a process of its own, which kills itself with SIGKILL the nth time it comes to a point.
 * Arguments: Kafka, database, directory, point, n.
 */
final class KilledMain {
    /** Moments between which something could get lost or be done twice. */
    enum Point {
        /** Records are read, and nothing of them is in the database. */
        AFTER_POLL,
        /** They are in the database, and Kafka has not heard of it. */
        AFTER_COMMIT,
        /** The endpoint has the message, and its answer is under way: killed from outside, by the endpoint. */
        AFTER_SEND,
        /** The endpoint has answered, and the database has not heard of it. */
        BEFORE_MARK_SENT,
        NEVER
    }

    private KilledMain() {}

    public static void main(String[] arguments) throws Exception {
        AlertingConfig config = new AlertingConfig();
        config.httpPort = 0;
        config.kafka = new KafkaSettings(arguments[0]);
        config.databaseUrl = arguments[1];
        config.databaseUser = PostgresExtension.USER;
        Path directory = Path.of(arguments[2]);
        config.databasePasswordFile = directory.resolve("password");
        config.instanceId = "killed";
        config.webhookAllowedCidrs = List.of(AddressRange.parse("127.0.0.0/8"));
        config.webhookRetryDelays = List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(100));
        Fuse fuse = new Fuse(Point.valueOf(arguments[3]), Integer.parseInt(arguments[4]));
        Alerting alerting = Alerting.start(config, Clock.systemUTC(), fuse);
        Files.writeString(directory.resolve("port"), String.valueOf(alerting.port()));
        new CountDownLatch(1).await();
    }

    /** Counts down to the end. */
    private static final class Fuse implements Seams {
        private final Point point;
        private final AtomicInteger left;

        Fuse(Point point, int times) {
            this.point = point;
            this.left = new AtomicInteger(times);
        }

        void reached(Point here) {
            if (here == point && left.decrementAndGet() == 0) {
                try {
                    new ProcessBuilder(
                                    "kill",
                                    "-9",
                                    String.valueOf(ProcessHandle.current().pid()))
                            .start();
                    new CountDownLatch(1).await();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public AlertStore store(AlertStore store) {
            return new AlertStore() {
                @Override
                public <T> T inTransaction(Function<AlertTransaction, T> work) {
                    boolean intake = Thread.currentThread().getName().equals("event-intake");
                    if (intake) {
                        reached(Point.AFTER_POLL);
                    }
                    T result = store.inTransaction(work);
                    if (intake) {
                        reached(Point.AFTER_COMMIT);
                    }
                    return result;
                }

                @Override
                public OptionalLong offset(String topic, int partition) {
                    return store.offset(topic, partition);
                }
            };
        }

        @Override
        public Outbox outbox(Outbox outbox) {
            return new Outbox() {
                @Override
                public List<Endpoint> endpointsWithDueDeliveries(Instant now) {
                    return outbox.endpointsWithDueDeliveries(now);
                }

                @Override
                public List<Delivery> claim(Endpoint endpoint, int limit, Instant now, Duration lease) {
                    return outbox.claim(endpoint, limit, now, lease);
                }

                @Override
                public void complete(List<Outcome> outcomes) {
                    outcomes.forEach(outcome -> reached(Point.BEFORE_MARK_SENT));
                    outbox.complete(outcomes);
                }

                @Override
                public void release(Delivery delivery) {
                    outbox.release(delivery);
                }
            };
        }
    }
}
