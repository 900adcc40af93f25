package io.consort.service.cli;

import io.consort.service.roster.ShippedCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where things are when nobody says. */
final class Places {

    private Places() {}

    /** The data folder, absolute. */
    static Path data(Optional<String> given) {
        return given.or(() -> Optional.ofNullable(System.getenv("CONSORT_DATA")))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".consort"))
                .toAbsolutePath()
                .normalize();
    }

    /** The catalog's file, absolute. */
    static Path catalog(Optional<String> given) {
        return given.map(Path::of).orElseGet(Places::shipped).toAbsolutePath().normalize();
    }

    /** Checkpoints of two starter experts. */
    static List<Path> starters() {
        return List.of(shipped().resolveSibling("abacus"), shipped().resolveSibling("atlas"));
    }

    private static Path shipped() {
        return ShippedCatalog.in(Path.of(System.getProperty("consort.home", ".")));
    }
}
