ALTER TABLE alerts ADD COLUMN assigned_to text;

CREATE TABLE tokens (
    token_id    text PRIMARY KEY,
    name        text NOT NULL,
    role        text NOT NULL,
    hash        text NOT NULL UNIQUE,
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL
);
COMMENT ON COLUMN tokens.hash IS 'SHA-256 of 256 random bits; the token itself is kept nowhere';

CREATE TABLE audit (
    entry    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    done_by  text NOT NULL,
    role     text NOT NULL,
    action   text NOT NULL,
    target   text NOT NULL,
    request  jsonb NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log can only be added to';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
