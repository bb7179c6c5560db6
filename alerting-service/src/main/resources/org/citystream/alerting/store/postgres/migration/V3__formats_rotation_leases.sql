ALTER TABLE endpoints ADD COLUMN format text NOT NULL DEFAULT 'citystream';
ALTER TABLE endpoints ADD COLUMN previous_secret text;
ALTER TABLE endpoints ADD COLUMN previous_secret_until timestamptz;
COMMENT ON COLUMN endpoints.previous_secret_until IS 'wall clock';

-- Which instance has claimed a delivery; its presence shows in an advisory lock that ends with it.
ALTER TABLE deliveries ADD COLUMN leased_by bigint;
