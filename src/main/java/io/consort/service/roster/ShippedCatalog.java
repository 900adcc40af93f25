package io.consort.service.roster;

import java.nio.file.Path;

/** The catalog that is used where none is given. */
public final class ShippedCatalog {

    private ShippedCatalog() {}

    /**
     * Its file.
     *
     * @param home the folder with what ships with the service
     */
    public static Path in(Path home) {
        return home.resolve("experts/starter/catalog.yaml");
    }
}
