package io.consort.service.store;

import java.util.Locale;

/** What the holder of a key may do; each may do what those before it may. */
public enum Role {
    /** Ask, and say what came of it. */
    CHAT,
    /** Change what a tenant's queries are routed by. */
    ADMIN,
    /** Everything. */
    ROOT;

    /** Whether this role may do what that one may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** The name in the database and in messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role named(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
