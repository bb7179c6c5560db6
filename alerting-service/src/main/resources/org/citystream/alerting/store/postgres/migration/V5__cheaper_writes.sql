-- Nobody asks for an alert's episodes, and alerts are not deleted.
DROP INDEX alert_episodes_of_alert;

-- Claiming a delivery changes no indexed column: with room in its page, no index has to be told.
ALTER TABLE deliveries SET (fillfactor = 70);
