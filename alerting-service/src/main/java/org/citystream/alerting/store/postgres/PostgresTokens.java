package org.citystream.alerting.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.citystream.alerting.access.Role;
import org.citystream.alerting.access.Token;
import org.citystream.alerting.access.Tokens;
import org.citystream.model.wire.WireName;

/** Tokens in PostgreSQL. */
public final class PostgresTokens implements Tokens {
    private final PostgresStore store;

    public PostgresTokens(PostgresStore store) {
        this.store = store;
    }

    @Override
    public List<Token> list() {
        return store.query(handle -> handle.createQuery("SELECT * FROM tokens ORDER BY created_at, token_id")
                .map((row, context) -> token(row))
                .list());
    }

    @Override
    public Optional<Token> byHash(String hash) {
        return store.query(handle -> handle.createQuery("SELECT * FROM tokens WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> token(row))
                .findOne());
    }

    @Override
    public void add(Token token) {
        store.query(handle -> handle.execute(
                "INSERT INTO tokens (token_id, name, role, hash, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                token.id(),
                token.name(),
                token.role().wireName(),
                token.hash(),
                token.createdBy(),
                token.createdAt()));
    }

    @Override
    public boolean remove(String id) {
        return store.query(handle -> handle.execute("DELETE FROM tokens WHERE token_id = ?", id)) == 1;
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("token_id"),
                row.getString("name"),
                WireName.parse(Role.class, row.getString("role")),
                row.getString("hash"),
                row.getString("created_by"),
                AlertRow.requiredInstant(row, "created_at"));
    }
}
