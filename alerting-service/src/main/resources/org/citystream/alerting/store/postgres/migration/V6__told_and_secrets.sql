-- Who was told of an alert by messages that are forgotten by now.
CREATE TABLE told (
    alert_id  text NOT NULL REFERENCES alerts ON DELETE CASCADE,
    receiver  text NOT NULL,
    PRIMARY KEY (alert_id, receiver)
);

COMMENT ON COLUMN deliveries.next_attempt_at IS
    'wall clock; absent once it is over, and while it is parked behind an earlier message of its alert';
