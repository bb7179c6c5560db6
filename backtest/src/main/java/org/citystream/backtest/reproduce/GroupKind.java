package org.citystream.backtest.reproduce;

import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.airquality.StationHour;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.district.DistrictFold;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.backtest.kafka.History.SummaryId;
import org.citystream.jobs.airquality.AirQualityTopology;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.traffic.TrafficTopology;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.place.SensorKind;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/** What is decided about from the summaries of its members. */
enum GroupKind {
    /** From the minutes of its road segments. */
    CORRIDOR(SensorKind.TRAFFIC, Topics.SUMMARIES_TRAFFIC, PaneTiming.TRAFFIC) {
        @Override
        SummaryId id(byte[] summary) {
            TrafficSummary told = JsonCodec.read(summary, TrafficSummary.class);
            return new SummaryId(told.roadSegmentId(), told.windowStart(), told.revision());
        }

        @Override
        Observation part(String groupId, byte[] summary) {
            return SegmentPart.observation(groupId, JsonCodec.read(summary, TrafficSummary.class));
        }

        @Override
        DataStream<KeyedJson> decide(
                DataStream<Observation> parts, BroadcastStream<Control> surroundings, ControlLog log, Start start) {
            return TrafficTopology.corridors(parts, surroundings, log, timing(), start.resuming(CorridorFold::new));
        }
    },

    /** From the hours of its air stations. */
    DISTRICT(SensorKind.AIR, Topics.SUMMARIES_AIR, PaneTiming.AIR) {
        @Override
        SummaryId id(byte[] summary) {
            AirQualitySummary told = JsonCodec.read(summary, AirQualitySummary.class);
            return new SummaryId(told.stationId(), told.windowStart(), told.revision());
        }

        @Override
        Observation part(String groupId, byte[] summary) {
            return StationHour.observation(groupId, JsonCodec.read(summary, AirQualitySummary.class));
        }

        @Override
        DataStream<KeyedJson> decide(
                DataStream<Observation> parts, BroadcastStream<Control> surroundings, ControlLog log, Start start) {
            return AirQualityTopology.districts(parts, surroundings, log, timing(), start.resuming(DistrictFold::new));
        }
    };

    private final SensorKind readings;
    private final Topic summaries;
    private final PaneTiming timing;

    GroupKind(SensorKind readings, Topic summaries, PaneTiming timing) {
        this.readings = readings;
        this.summaries = summaries;
        this.timing = timing;
    }

    /** What its members' summaries are made of. */
    SensorKind readings() {
        return readings;
    }

    Topic summaries() {
        return summaries;
    }

    /** Of its members. */
    PaneTiming timing() {
        return timing;
    }

    abstract SummaryId id(byte[] summary);

    /** What a member's summary says to the group. */
    abstract Observation part(String groupId, byte[] summary);

    /** The decisions about groups, from what members say to them. */
    abstract DataStream<KeyedJson> decide(
            DataStream<Observation> parts, BroadcastStream<Control> surroundings, ControlLog log, Start start);
}
