package io.consort.service.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a key may do; each may do what those before it may. */
public enum Role {
    /** Ask, and say what came of it. */
    CHAT,
    /** Change what belongs to the key's tenant. */
    ADMIN,
    /** Everything, with every tenant. */
    ROOT;

    /** Whether this role may do what that one may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** The name in the database and in messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this name. */
    public static Optional<Role> named(String label) {
        return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
    }
}
