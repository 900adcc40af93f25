package io.consort.service.catalogs;

import io.consort.service.store.Principal;
import io.consort.service.store.Role;

/**
 * Who changes a catalog.
 *
 * @param name what the revision calls them
 */
public record Author(Principal by, String name) {

    /** Whether everything may be put into the catalog. */
    boolean isRoot() {
        return by.role().covers(Role.ROOT);
    }
}
