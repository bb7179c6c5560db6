package org.citystream.alerting;

import java.nio.file.Path;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.LogLines;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service for hostile text, whose log must stay whole whatever it is told. */
abstract class HostileSurroundings {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    static Path directory;

    static Service service;
    static HostileRequests hostile;

    private static LogLines log;

    @BeforeAll
    static void start() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        log = new LogLines("org.citystream.alerting");
        service = Service.start(kafka, postgres, directory).awaitReady();
        hostile = new HostileRequests(service);
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
    }

    @AfterEach
    void noLineIsForged() {
        log.assertNoneIsForged();
    }
}
