package org.citystream.alerting.access;

import java.util.List;
import java.util.Optional;

/** Where tokens are kept. */
public interface Tokens {
    List<Token> list();

    Optional<Token> byHash(String hash);

    void add(Token token);

    /** Makes a token useless; false if there is none. */
    boolean remove(String id);
}
