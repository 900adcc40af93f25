package io.consort.service;

import io.consort.service.catalogs.CatalogChecks;
import io.consort.service.catalogs.CatalogKeeper;
import io.consort.service.catalogs.CatalogRevisions;
import io.consort.service.catalogs.Restrictions;
import io.consort.service.catalogs.Sealer;
import io.consort.service.catalogs.Sealing;
import io.consort.service.security.AddressGuard;
import io.consort.service.store.DataFolder;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Tenancies;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Puts the parts together that keep catalogs. */
final class KeptCatalogs {

    private KeptCatalogs() {}

    /**
     * The catalogs of a service.
     *
     * @param file the catalog's file, beside which relative paths are
     */
    static CatalogKeeper open(
            ConsortConfig config,
            DataFolder data,
            Path file,
            DataSource database,
            SecureRandom random,
            Clock clock,
            AddressGuard guard,
            Tenancies tenancies,
            Bell bell) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        List<Path> open =
                config.tenants().folders().orElse(List.of()).stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .toList();
        byte[] master =
                config.secrets()
                        .key()
                        .map(text -> SecretBytes.of("consort.secrets.key", text))
                        .orElseGet(() -> data.masterKey(random));
        return new CatalogKeeper(
                tenancies,
                new CatalogRevisions(database, clock),
                new Sealing(new Sealer(master, random)),
                new CatalogChecks(
                        folder, System.getenv(), new Restrictions(folder, open, guard::complaint)),
                bell);
    }
}
