package io.consort.service.catalogs;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads documents as this service does, and says what is wrong with them. Thread-safe. */
public final class CatalogChecks {

    private final Path folder;
    private final Map<String, String> environment;
    private final Restrictions restrictions;

    /**
     * Checks of one service.
     *
     * @param folder from which relative paths are taken, absolute
     * @param environment the variables that <code>${NAME}</code> may stand for
     */
    public CatalogChecks(Path folder, Map<String, String> environment, Restrictions restrictions) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.restrictions = restrictions;
    }

    /** The catalog that a kept document describes; sealed secrets are markers in it. */
    Catalog read(CatalogDocument document) throws CatalogFileException {
        return CatalogFile.read(document.text(), CatalogDocument.NAME, folder, environment);
    }

    /** The same for a document that somebody brings. */
    Catalog read(CatalogDocument document, Optional<CatalogDocument> before, Author author)
            throws CatalogFileException, RootOnlyException {
        if (!author.isRoot()) {
            // First, since the other messages tell about the environment and about files.
            List<String> objections = restrictions.objections(document, before);
            if (!objections.isEmpty()) {
                throw new RootOnlyException(objections);
            }
        }
        return read(document);
    }

    /** What does not keep a catalog from working but some of its experts. */
    List<String> warnings(Catalog catalog) {
        List<String> warnings = new ArrayList<>();
        for (Expert expert : catalog.experts()) {
            if (expert.source() instanceof ExpertSource.Local local
                    && !Files.exists(local.checkpoint())) {
                warnings.add(
                        "`experts.%s.local.checkpoint` is not on this node; the expert refuses every call"
                                .formatted(expert.id()));
            }
        }
        return warnings;
    }
}
