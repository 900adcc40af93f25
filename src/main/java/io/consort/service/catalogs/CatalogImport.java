package io.consort.service.catalogs;

import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import io.consort.service.store.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Takes the catalog's file into the database at the start: as the first revision, and again when it
 * was changed, as long as nobody has changed the catalog over the API.
 */
public final class CatalogImport {

    /** The author of revisions that come from the file. */
    static final String FILE = "catalog file";

    private static final Logger LOG = Logger.getLogger(CatalogImport.class.getName());

    private CatalogImport() {}

    /**
     * Takes a file.
     *
     * @throws CatalogFileException where the file is used and wrong
     */
    public static void take(
            Path file, Map<String, String> environment, String tenant, CatalogKeeper catalogs)
            throws CatalogFileException, SQLException {
        CatalogFile.read(file, environment);
        CatalogDocument document = CatalogDocument.parse(text(file));
        Optional<Revision> head = catalogs.revisions().head(tenant);
        if (head.isPresent() && !head.get().author().equals(FILE)) {
            tellUnused(file, document, tenant, head.get(), catalogs);
            return;
        }
        long before = head.map(Revision::number).orElse(0L);
        try {
            catalogs.save(
                    tenant,
                    new Author(Principal.SERVICE, FILE),
                    number -> number == before,
                    _ -> document,
                    String.valueOf(file.getFileName()));
        } catch (MovedException _) {
            LOG.info("Another process has taken its catalog file at the same time");
        } catch (RootOnlyException impossible) {
            throw new IllegalStateException("the file may have everything", impossible);
        }
    }

    private static void tellUnused(
            Path file,
            CatalogDocument document,
            String tenant,
            Revision head,
            CatalogKeeper catalogs)
            throws SQLException {
        try {
            if (catalogs.kept(tenant, document).hash().equals(head.hash())) {
                return;
            }
        } catch (CatalogFileException differs) {
            // It has markers of another service.
        }
        LOG.info(
                "Revision %d of the catalog, by %s, is at work; %s is not looked at. `consort catalog apply` makes it live."
                        .formatted(head.number(), head.author(), file.getFileName()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
