package org.citystream.dashboard.series.questdb;

import org.citystream.dashboard.SampleStore;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.dashboard.series.TimeSeriesReaderContract;
import org.citystream.embedded.QuestDbServer;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuestDbReaderTest extends TimeSeriesReaderContract {
    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    private final SampleStore store = new SampleStore(questDb.url(), questDb.jdbcUrl());

    @Override
    protected void empty() {
        store.create();
    }

    @Override
    protected void write(String lines) {
        store.write(lines);
    }

    @Override
    protected void await(String measurement, int points) {
        store.await(measurement, points);
    }

    @Override
    protected TimeSeriesReader open() {
        return new QuestDbReader(questDb.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
    }

    @Override
    protected TimeSeriesReader openNowhere() {
        return new QuestDbReader("jdbc:postgresql://127.0.0.1:1/qdb", "admin", "quest");
    }
}
