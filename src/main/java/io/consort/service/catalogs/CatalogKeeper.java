package io.consort.service.catalogs;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.router.policy.ArtefactException;
import io.consort.service.catalogs.CatalogRevisions.Draft;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Tenancies;
import io.consort.service.tenant.Tenancy;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;

/**
 * Changes the catalogs of tenants: in the database and at work in this process at once, and in the
 * other processes soon after. A change either happens as a whole or not at all. Thread-safe; every
 * method blocks.
 */
public final class CatalogKeeper {

    private final Tenancies tenancies;
    private final CatalogRevisions revisions;
    private final Sealing sealing;
    private final CatalogChecks checks;
    private final Bell bell;

    /** The catalogs of these tenants. */
    public CatalogKeeper(
            Tenancies tenancies,
            CatalogRevisions revisions,
            Sealing sealing,
            CatalogChecks checks,
            Bell bell) {
        this.tenancies = tenancies;
        this.revisions = revisions;
        this.sealing = sealing;
        this.checks = checks;
        this.bell = bell;
    }

    /** Makes a document of the one that is live. */
    @FunctionalInterface
    public interface Edit {
        /** The document that is to be live. */
        CatalogDocument of(Optional<CatalogDocument> live) throws CatalogFileException;
    }

    /**
     * A change, made or only looked at.
     *
     * @param from the revision before, 0 for none
     * @param to the revision that is live now; as {@code from} where nothing was changed
     * @param warnings what does not keep the catalog from working but some of its experts
     */
    public record Change(long from, long to, CatalogDiff diff, List<String> warnings) {
        public Change {
            warnings = List.copyOf(warnings);
        }
    }

    private record Prepared(Sealing.Result sealed, Catalog catalog, CatalogDiff diff) {}

    /** The kept revisions. */
    public CatalogRevisions revisions() {
        return revisions;
    }

    /** What an edit would change. */
    public Change preview(String tenant, Author author, LongPredicate expected, Edit edit)
            throws CatalogFileException, RootOnlyException, MovedException, SQLException {
        Optional<Revision> head = expected(tenant, expected);
        long from = head.map(Revision::number).orElse(0L);
        Prepared prepared = prepare(tenant, author, head, edit);
        return new Change(from, from, prepared.diff(), checks.warnings(prepared.catalog()));
    }

    /**
     * Makes an edit live.
     *
     * @param expected whether the edit follows a live revision, 0 for none
     * @param comment why, as the author says; may be empty
     */
    public Change save(
            String tenant, Author author, LongPredicate expected, Edit edit, String comment)
            throws CatalogFileException, RootOnlyException, MovedException, SQLException {
        Optional<Revision> head = expected(tenant, expected);
        long from = head.map(Revision::number).orElse(0L);
        Prepared prepared = prepare(tenant, author, head, edit);
        List<String> warnings = checks.warnings(prepared.catalog());
        Sealing.Result sealed = prepared.sealed();
        if (head.isPresent() && head.get().hash().equals(sealed.document().hash())) {
            return new Change(from, from, prepared.diff(), warnings);
        }
        Draft draft = new Draft(sealed.document(), sealed.fresh(), author, comment);
        if (!live(tenant, prepared.catalog(), from, draft)) {
            throw new MovedException(revisions.head(tenant).map(Revision::number).orElse(0L));
        }
        bell.ring(Bell.CATALOG, tenant);
        return new Change(from, from + 1, prepared.diff(), warnings);
    }

    /** The tenants whose live revision in the database is newer than the one at work here. */
    public Map<String, Long> behind() throws SQLException {
        Map<String, Long> behind = new HashMap<>();
        revisions
                .heads()
                .forEach((tenant, head) -> {
                    if (tenancies.find(tenant).map(Tenancy::revision).orElse(0L) < head) {
                        behind.put(tenant, head);
                    }
                });
        return behind;
    }

    /**
     * Puts the tenant's live revision in the database to work here.
     *
     * @throws CatalogFileException where this process cannot use it; what was at work stays so
     */
    public void follow(String tenant) throws CatalogFileException, SQLException {
        Optional<Revision> head = revisions.head(tenant);
        if (head.isEmpty()) {
            return;
        }
        CatalogDocument document = CatalogDocument.parse(head.get().document());
        Catalog catalog =
                sealing.open(tenant, document, checks.read(document), revisions.secrets(tenant));
        try {
            tenancies.replace(tenant, catalog.at(head.get().number()), head.get().number());
        } catch (ArtefactException impossible) {
            throw unusable(impossible);
        }
    }

    /** The fingerprintable form of a document: what would be kept of it. */
    CatalogDocument kept(String tenant, CatalogDocument document)
            throws CatalogFileException, SQLException {
        return sealing.seal(tenant, document, revisions.secrets(tenant)).document();
    }

    private Optional<Revision> expected(String tenant, LongPredicate expected)
            throws MovedException, SQLException {
        Optional<Revision> head = revisions.head(tenant);
        long number = head.map(Revision::number).orElse(0L);
        if (!expected.test(number)) {
            throw new MovedException(number);
        }
        return head;
    }

    private Prepared prepare(String tenant, Author author, Optional<Revision> head, Edit edit)
            throws CatalogFileException, RootOnlyException, SQLException {
        Optional<CatalogDocument> before =
                head.isEmpty()
                        ? Optional.empty()
                        : Optional.of(CatalogDocument.parse(head.get().document()));
        CatalogDocument document = edit.of(before);
        Catalog read = checks.read(document, before, author);
        Map<String, String> stored = revisions.secrets(tenant);
        Sealing.Result sealed = sealing.seal(tenant, document, stored);
        return new Prepared(
                sealed,
                sealing.open(tenant, document, read, stored),
                CatalogDiff.between(before, sealed.document()));
    }

    private boolean live(String tenant, Catalog catalog, long from, Draft draft)
            throws CatalogFileException, SQLException {
        AtomicReference<Optional<Revision>> kept = new AtomicReference<>(Optional.empty());
        try {
            return tenancies.replace(
                    tenant,
                    catalog.at(from + 1),
                    from + 1,
                    () -> {
                        kept.set(revisions.add(tenant, from, draft));
                        return kept.get().isPresent();
                    });
        } catch (ArtefactException impossible) {
            throw unusable(impossible);
        }
    }

    private static CatalogFileException unusable(ArtefactException impossible) {
        return new CatalogFileException(
                List.of("%s:1: %s".formatted(CatalogDocument.NAME, impossible.getMessage())));
    }
}
