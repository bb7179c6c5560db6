package org.citystream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a package logs from now on until it is closed, down to the last detail. */
public final class LogLines implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final @Nullable Level before;

    public LogLines(String packageName) {
        logger = (Logger) LoggerFactory.getLogger(packageName);
        before = logger.getLevel();
        logger.setLevel(Level.TRACE);
        // The console need not have them all.
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    /** Each is one line that moves no cursor, whatever was in the message it speaks of, and none tells of a fault. */
    public void assertNoneIsForged() {
        // The appender holds this lock while it adds a line.
        synchronized (lines) {
            assertThat(lines.list).isNotEmpty().allSatisfy(line -> {
                assertThat(line.getFormattedMessage()).doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
                assertThat(line.getThrowableProxy()).isNull();
            });
        }
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
