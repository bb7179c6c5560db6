package org.citystream.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the gateway says to a broker, packet by packet. */
@Timeout(60)
class WireTest {
    private static final String TOPIC = "city/lindholm/traffic/loop-1";

    private final MqttStub broker = new MqttStub();
    private final BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
    private final AtomicInteger connected = new AtomicInteger();
    private @Nullable MqttIntake intake;

    @AfterEach
    void close() throws Exception {
        if (intake != null) {
            intake.close();
        }
        broker.close();
    }

    private MqttIntake intake(java.util.function.Predicate<Delivery> handOff) {
        return intake(settings(broker.url()), InstantSource.system(), handOff);
    }

    private MqttIntake intake(
            MqttSettings settings, InstantSource wall, java.util.function.Predicate<Delivery> handOff) {
        MqttIntake made = start(settings, wall, handOff);
        awaitConnection(1);
        return made;
    }

    private MqttIntake start(
            MqttSettings settings, InstantSource wall, java.util.function.Predicate<Delivery> handOff) {
        MqttIntake made = new MqttIntake(settings, wall, handOff, new Listener());
        intake = made;
        made.start();
        return made;
    }

    private boolean takeAndAcknowledge(Delivery delivery) {
        delivery.acknowledge();
        return taken.offer(delivery);
    }

    static MqttSettings settings(String url) {
        return new MqttSettings(
                url,
                "wire",
                null,
                null,
                new NoDelaySocketFactory(),
                List.of("city/+/traffic/+"),
                20,
                262_144,
                Duration.ofSeconds(1),
                Duration.ofDays(7),
                Duration.ofMinutes(3));
    }

    private void awaitConnection(int number) {
        await().until(() -> connected.get() >= number);
    }

    private Delivery next() throws InterruptedException {
        Delivery delivery = taken.poll(20, TimeUnit.SECONDS);
        assertThat(delivery).as("a message").isNotNull();
        return java.util.Objects.requireNonNull(delivery);
    }

    /** Counts connections; soundings carry nothing. */
    private final class Listener implements MqttIntake.Listener {
        @Override
        public void connecting() {}

        @Override
        public void connected(boolean sessionPresent) {
            connected.incrementAndGet();
        }

        @Override
        public void lost(String reason) {}

        @Override
        public String sounding(Instant sentAt) {
            return "";
        }

        @Override
        public void soundingRefused() {}
    }

    @Test
    void connectsForALastingSessionWithABoundedWindow() {
        intake(taken::offer);
        byte[] connect = broker.packets(1, "CONNECT").get(0).body();
        int cleanStartFlag = connect[7] & 0x02;
        assertThat(cleanStartFlag).as("clean start").isZero();
        assertThat(connect).as("receive maximum 20").containsSequence(0x21, 0, 20);
        assertThat(connect).as("session expiry 7 days").containsSequence(0x11, 0x00, 0x09, 0x3a, 0x80);
    }

    @Test
    void manyFiltersAreRememberedByABrokerThatTakesFewMessagesAtOnce() {
        broker.receiveMaximum(10);
        List<String> filters =
                IntStream.range(0, 15).mapToObj(i -> "meters-" + i + "/+/up").toList();
        intake(settings(broker.url()).withSession("wire", filters), InstantSource.system(), taken::offer);
        await().until(() -> broker.packets(1, "PUBLISH").size() >= 16);
        assertThat(broker.mostAhead()).isLessThanOrEqualTo(10);
        assertThat(connected).as("at the first attempt").hasValue(1);
        assertThat(broker.packets(2, "CONNECT")).isEmpty();
    }

    @Test
    void whatABrokerTellsOfItselfMustNotQueueAndMayBeRefused() throws Exception {
        String dropped = "$SYS/broker/publish/messages/dropped";
        intake(
                settings(broker.url()).withSession("wire", List.of("city/+/traffic/+", dropped)),
                InstantSource.system(),
                taken::offer);
        byte[] subscribe = broker.packets(1, "SUBSCRIBE").get(0).body();
        int options = new String(subscribe, StandardCharsets.ISO_8859_1).indexOf(dropped) + dropped.length();
        assertThat(subscribe[options] & 0x03).as("quality of service").isZero();
        broker.publish(1, TOPIC, "reading");
        assertThat(next().payload()).asString().isEqualTo("reading");
        assertThat(broker.packets(2, "CONNECT")).isEmpty();
    }

    @Test
    void wallClockThatIsSetBackHoldsUpNeitherSoundingsNorTheWatchdog() throws Exception {
        AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
        MqttIntake made = intake(settings(broker.url()), wall::get, taken::offer);
        await().until(() -> soundings() >= 1);
        broker.publish(1, TOPIC, "reading");
        next();
        wall.set(Instant.parse("2026-11-23T11:00:00Z"));
        await().until(() -> soundings() >= 2);
        assertThat(made.oldestUnacknowledgedAge()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    private long soundings() {
        byte[] topic = settings("").soundingTopic().getBytes(StandardCharsets.UTF_8);
        return broker.packets(1, "PUBLISH").stream()
                .filter(packet -> packet.body().length > topic.length + 2
                        && Arrays.equals(topic, 0, topic.length, packet.body(), 2, topic.length + 2))
                .count();
    }

    @Test
    void g1OneAcknowledgementForEachMessageInTheOrderTheyCame() throws Exception {
        intake(taken::offer);
        for (int id = 1; id <= 3; id++) {
            broker.publish(id, TOPIC, "reading " + id);
        }
        Delivery first = next();
        Delivery second = next();
        Delivery third = next();
        third.acknowledge();
        second.acknowledge();
        second.acknowledge();
        assertThat(broker.acknowledged(1)).isEmpty();
        first.acknowledge();
        await().until(() -> broker.acknowledged(1).size() >= 3);
        broker.publish(4, TOPIC, "reading 4");
        next().acknowledge();
        await().until(() -> broker.acknowledged(1).contains(4));
        assertThat(broker.acknowledged(1)).containsExactly(1, 2, 3, 4);
    }

    /** Mosquitto that saves at each change takes 10 ms and more for each acknowledgement; an answer behind it waits. */
    @Test
    void acknowledgementsOfABacklogStandBehindWhatSetsTheConnectionUp() throws Exception {
        broker.queued(TOPIC, 20);
        broker.holdGrants();
        start(settings(broker.url()), InstantSource.system(), this::takeAndAcknowledge);
        await().until(() -> taken.size() == 20);
        broker.grant();
        awaitConnection(1);
        await().until(() -> broker.acknowledged(1).size() == 20);
        List<String> types = broker.types(1);
        assertThat(types.indexOf("PUBACK")).isGreaterThan(types.lastIndexOf("SUBSCRIBE"));
    }

    /** So Mosquitto 2.0.11 does with what was under way when its client died. */
    @Test
    void brokerThatSendsFarMoreThanAgreedBeforeItAnswersIsAcknowledgedAtOnce() {
        int many = 3 * settings("").ringCapacity();
        broker.queued(TOPIC, many);
        intake(this::takeAndAcknowledge);
        await().until(() -> broker.acknowledged(1).size() == many);
        assertThat(connected).hasValue(1);
    }

    @Test
    void g4AcknowledgementOfALostConnectionIsNotSentOverTheNextWhereItsIdMeansAnotherMessage() throws Exception {
        intake(taken::offer);
        broker.publish(1, TOPIC, "before");
        Delivery before = next();
        broker.cut();
        awaitConnection(2);
        broker.publish(1, TOPIC, "after");
        Delivery after = next();
        broker.publish(2, TOPIC, "behind");
        Delivery behind = next();

        before.acknowledge();
        behind.acknowledge();
        assertThat(before.isStale()).isTrue();
        after.acknowledge();
        await().until(() -> broker.acknowledged(2).size() >= 2);
        assertThat(broker.acknowledged(2))
                .as("behind proves that nothing came before")
                .containsExactly(1, 2);
        assertThat(broker.acknowledged(1)).isEmpty();
    }

    @Test
    void g5BrokerThatSendsFarMoreThanAgreedWhileNothingIsSafeIsLeftUnacknowledged() throws Exception {
        intake(taken::offer);
        int tooMany = settings("").ringCapacity() + 1;
        for (int id = 1; id <= tooMany; id++) {
            broker.publish(id, TOPIC, "reading " + id);
        }
        awaitConnection(2);
        assertThat(taken).hasSizeLessThan(tooMany);
        assertThat(broker.acknowledged(1)).isEmpty();
    }

    @Test
    void g5BrokerThatSendsFarMoreThanAgreedIsHeldUpUntilThereIsRoom() throws Exception {
        intake(taken::offer);
        int many = 3 * settings("").ringCapacity();
        Thread sending = new Thread(() -> {
            for (int id = 1; id <= many; id++) {
                broker.publish(id, TOPIC, "reading " + id);
            }
        });
        sending.start();
        for (int id = 1; id <= many; id++) {
            next().acknowledge();
        }
        sending.join();
        await().until(() -> broker.acknowledged(1).size() == many);
        assertThat(connected).hasValue(1);
    }

    @Test
    void g6KeepAliveGoesOnWhileNothingIsAcknowledged() throws Exception {
        intake(taken::offer);
        for (int id = 1; id <= 20; id++) {
            broker.publish(id, TOPIC, "reading " + id);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> broker.packets(1, "PINGREQ").size() >= 3);
        assertThat(connected).as("still the first connection").hasValue(1);
        assertThat(broker.acknowledged(1)).isEmpty();
    }

    @Test
    void g7SessionThatIsGoneIsSubscribedAgain() {
        intake(taken::offer);
        broker.cut();
        awaitConnection(2);
        assertThat(new String(
                        broker.packets(2, "SUBSCRIBE").get(0).body(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("city/+/traffic/+");
    }

    @Test
    void g8StopAcknowledgesWhatIsSafeKeepsTheSessionAndUnsubscribesNothing() throws Exception {
        MqttIntake stopping = intake(taken::offer);
        broker.publish(1, TOPIC, "stored in time");
        broker.publish(2, TOPIC, "not stored in time");
        Delivery first = next();
        next();
        stopping.stopTaking();
        broker.publish(3, TOPIC, "too late");
        first.acknowledge();
        stopping.close();
        await().until(() -> !broker.packets(1, "DISCONNECT").isEmpty());
        assertThat(broker.acknowledged(1)).containsExactly(1);
        assertThat(taken).isEmpty();
        assertThat(broker.packets(1, "UNSUBSCRIBE")).isEmpty();
        byte[] disconnect = broker.packets(1, "DISCONNECT").get(0).body();
        assertThat(disconnect).as("normal, and no other session expiry").isIn(new byte[0], new byte[] {0, 0});
    }

    /** With a keep-alive of 1 s a callback held up for 4 s breaks a Paho client for good. */
    @Test
    void clientWhoseCallbackWasBlockedPastTheKeepAliveIsReplaced() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        intake(delivery -> {
            if (calls.incrementAndGet() == 1) {
                MqttStub.awaitQuietly(released);
            }
            return taken.offer(delivery);
        });
        broker.publish(1, TOPIC, "blocks");
        // More than Paho's queue of ten, so that its receiver is held up too.
        for (int id = 2; id <= 20; id++) {
            broker.publish(id, TOPIC, "reading " + id);
        }
        awaitConnection(2);
        released.countDown();
        await().until(() -> broker.packets(2, "SUBSCRIBE").size() >= 1);
        broker.publish(1, TOPIC, "again");
        Delivery delivery = next();
        while (delivery.isStale()) {
            delivery = next();
        }
        delivery.acknowledge();
        await().until(() -> broker.acknowledged(2).contains(1));
        assertThat(broker.acknowledged(1)).isEmpty();
    }
}
