package io.consort.service.tenant;

import io.consort.experts.Catalog;
import java.sql.SQLException;

/** Where the catalogs of tenants come from. */
@FunctionalInterface
public interface Catalogs {

    /**
     * A catalog and its revision.
     *
     * @param revision 0 for one that is not stored
     */
    record Revised(Catalog catalog, long revision) {}

    /** The tenant's catalog as it shall be at work now; blocks. */
    Revised head(String tenant) throws SQLException;
}
