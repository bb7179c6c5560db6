-- A secret that rotates twice within its overlap has two before it that sign along.
ALTER TABLE endpoints ADD COLUMN previous_secrets text[] NOT NULL DEFAULT '{}';
ALTER TABLE endpoints ADD COLUMN previous_secrets_until timestamptz[] NOT NULL DEFAULT '{}';
UPDATE endpoints SET previous_secrets = ARRAY [previous_secret], previous_secrets_until = ARRAY [previous_secret_until]
WHERE previous_secret IS NOT NULL AND previous_secret_until IS NOT NULL;
COMMENT ON COLUMN endpoints.previous_secrets_until IS 'wall clock, by position in previous_secrets';
COMMENT ON COLUMN endpoints.previous_secret IS 'no longer used; read by instances of the version before while they are replaced';
