-- Event times and wall-clock times are both timestamptz; the column comments say which one where it matters.

CREATE TABLE alerts (
    alert_id                 text PRIMARY KEY,
    city_id                  text NOT NULL,
    rule_id                  text NOT NULL,
    kind                     text NOT NULL,
    severity                 text NOT NULL,
    state                    text NOT NULL,
    shadow                   boolean NOT NULL,
    subject_type             text NOT NULL,
    subject_id               text NOT NULL,
    started_at               timestamptz NOT NULL,
    ended_at                 timestamptz,
    sequence                 integer NOT NULL,
    notified                 boolean NOT NULL,
    acknowledged_by          text,
    acknowledged_at          timestamptz,
    acknowledgement_comment  text,
    event                    jsonb NOT NULL,
    pending_event            jsonb,
    settle_at                timestamptz,
    recorded_at              timestamptz NOT NULL,
    changed_at               timestamptz NOT NULL
);
COMMENT ON COLUMN alerts.event IS 'the last event that took effect, whole';
COMMENT ON COLUMN alerts.pending_event IS 'a record that contradicts event and takes effect at settle_at (wall clock)';
COMMENT ON COLUMN alerts.recorded_at IS 'wall clock';
COMMENT ON COLUMN alerts.changed_at IS 'wall clock';
CREATE INDEX alerts_newest_first ON alerts (started_at DESC, alert_id DESC);
CREATE INDEX alerts_open ON alerts (started_at DESC, alert_id DESC) WHERE state <> 'resolved';
CREATE INDEX alerts_of_subject ON alerts (subject_id, started_at DESC);
CREATE INDEX alerts_to_settle ON alerts (settle_at) WHERE settle_at IS NOT NULL;

CREATE TABLE alert_episodes (
    episode_id  text PRIMARY KEY,
    alert_id    text NOT NULL REFERENCES alerts ON DELETE CASCADE
);
CREATE INDEX alert_episodes_of_alert ON alert_episodes (alert_id);

CREATE TABLE alert_history (
    entry           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id        text NOT NULL REFERENCES alerts ON DELETE CASCADE,
    sequence        integer,
    type            text NOT NULL,
    state           text NOT NULL,
    previous_state  text,
    severity        text NOT NULL,
    told            boolean NOT NULL,
    at              timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL,
    done_by         text,
    comment         text,
    reason          text,
    UNIQUE (alert_id, sequence)
);
COMMENT ON COLUMN alert_history.at IS 'event time; wall clock for acts of people';

CREATE TABLE endpoints (
    endpoint_id           text PRIMARY KEY,
    url                   text NOT NULL,
    types                 text[] NOT NULL,
    description           text,
    secret                text NOT NULL,
    enabled               boolean NOT NULL,
    disabled_reason       text,
    created_at            timestamptz NOT NULL,
    consecutive_failures  integer NOT NULL DEFAULT 0,
    failing_since         timestamptz,
    blocked_until         timestamptz
);
COMMENT ON COLUMN endpoints.types IS 'wanted message types; empty means all';

-- A message exists once, however many endpoints it goes to. Test messages belong to no alert.
CREATE TABLE messages (
    alert_id     text NOT NULL,
    sequence     integer NOT NULL,
    type         text NOT NULL,
    body         text NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (alert_id, sequence)
);
CREATE INDEX messages_by_time ON messages (recorded_at);

CREATE TABLE deliveries (
    webhook_id       text PRIMARY KEY,
    endpoint_id      text NOT NULL REFERENCES endpoints ON DELETE CASCADE,
    alert_id         text NOT NULL,
    sequence         integer NOT NULL,
    state            text NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz,
    lease            bigint NOT NULL DEFAULT 0,
    leased_until     timestamptz,
    created_at       timestamptz NOT NULL,
    completed_at     timestamptz,
    FOREIGN KEY (alert_id, sequence) REFERENCES messages ON DELETE CASCADE
);
CREATE INDEX deliveries_due ON deliveries (endpoint_id, next_attempt_at) WHERE state = 'pending';
CREATE INDEX deliveries_lane ON deliveries (endpoint_id, alert_id, sequence) WHERE state = 'pending';
CREATE INDEX deliveries_newest_first ON deliveries (endpoint_id, created_at DESC, webhook_id DESC);
CREATE INDEX deliveries_of_message ON deliveries (alert_id, sequence);

CREATE TABLE delivery_attempts (
    attempt_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    webhook_id   text NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    attempt      integer NOT NULL,
    started_at   timestamptz NOT NULL,
    latency_ms   integer NOT NULL,
    status       integer,
    error        text,
    response     text
);
CREATE INDEX delivery_attempts_of_delivery ON delivery_attempts (webhook_id, attempt_id);

CREATE TABLE consumer_offsets (
    topic        text NOT NULL,
    partition    integer NOT NULL,
    next_offset  bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);
