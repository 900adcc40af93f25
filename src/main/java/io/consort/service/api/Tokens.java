package io.consort.service.api;

import io.consort.service.store.Principal;
import java.util.Optional;

/** Knows callers by what is no API key. Thread-safe, and does not block. */
@FunctionalInterface
public interface Tokens {

    /** No tokens are taken. */
    Tokens NONE = _ -> Optional.empty();

    /**
     * Who shows this token; empty for what is no token.
     *
     * @throws ApiException 401 or 403 for a token that is not accepted; 503 when that cannot be said
     *     yet
     */
    Optional<Principal> find(String token);
}
