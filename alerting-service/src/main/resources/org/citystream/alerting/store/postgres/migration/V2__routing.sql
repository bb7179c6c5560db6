-- Who was told. Endpoints without a receiver belong to that of the root route.
ALTER TABLE endpoints ADD COLUMN receivers text[] NOT NULL DEFAULT '{}';
ALTER TABLE messages ADD COLUMN receivers text[] NOT NULL DEFAULT '{default}';
ALTER TABLE messages ADD COLUMN types text[];
UPDATE messages SET types = ARRAY [type];
ALTER TABLE messages ALTER COLUMN types SET NOT NULL;
COMMENT ON COLUMN messages.receivers IS 'to whose endpoints it goes, or would go if there were any';
COMMENT ON COLUMN messages.types IS 'by which endpoints choose; a group carries those of its changes';

CREATE TABLE silences (
    silence_id  text PRIMARY KEY,
    matchers    text[] NOT NULL,
    sensors     text[] NOT NULL,
    corridors   text[] NOT NULL,
    polygon     jsonb NOT NULL,
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    created_by  text NOT NULL,
    comment     text NOT NULL,
    created_at  timestamptz NOT NULL,
    removed_at  timestamptz
);
COMMENT ON COLUMN silences.starts_at IS 'event time, as is ends_at';
COMMENT ON COLUMN silences.removed_at IS 'wall clock';
CREATE INDEX silences_in_force ON silences (created_at DESC) WHERE removed_at IS NULL;

-- What a receiver has missed, and is told if the alert is still open once the reason is gone.
CREATE TABLE holds (
    alert_id       text NOT NULL REFERENCES alerts ON DELETE CASCADE,
    receiver       text NOT NULL,
    reason         text NOT NULL,
    from_sequence  integer NOT NULL,
    look_at        timestamptz NOT NULL,
    PRIMARY KEY (alert_id, receiver)
);
COMMENT ON COLUMN holds.look_at IS 'wall clock';
CREATE INDEX holds_due ON holds (look_at);

CREATE TABLE escalations (
    alert_id  text NOT NULL REFERENCES alerts ON DELETE CASCADE,
    receiver  text NOT NULL,
    due_at    timestamptz,
    PRIMARY KEY (alert_id, receiver)
);
COMMENT ON COLUMN escalations.due_at IS 'wall clock; absent once it is carried out';
CREATE INDEX escalations_due ON escalations (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE groups (
    group_id     text PRIMARY KEY,
    route_id     text NOT NULL,
    receiver     text NOT NULL,
    labels       jsonb NOT NULL,
    sequence     integer NOT NULL DEFAULT 0,
    notified_at  timestamptz,
    flush_at     timestamptz
);
COMMENT ON COLUMN groups.sequence IS 'number of its last message; never goes back, as webhook ids hang on it';
COMMENT ON COLUMN groups.flush_at IS 'when it is looked at next, wall clock; absent while it is empty';
CREATE INDEX groups_due ON groups (flush_at) WHERE flush_at IS NOT NULL;

CREATE TABLE group_members (
    group_id       text NOT NULL REFERENCES groups ON DELETE CASCADE,
    alert_id       text NOT NULL REFERENCES alerts ON DELETE CASCADE,
    news           text NOT NULL,
    news_sequence  integer NOT NULL,
    told_sequence  integer NOT NULL DEFAULT 0,
    muted          text,
    PRIMARY KEY (group_id, alert_id)
);
CREATE INDEX group_members_of_alert ON group_members (alert_id);

-- One row: the configuration by which open alerts were routed last.
CREATE TABLE routing (
    single  boolean PRIMARY KEY DEFAULT true CHECK (single),
    hash    text NOT NULL
);
INSERT INTO routing (hash) VALUES ('default');
