package io.consort.service.api;

import io.consort.service.catalogs.CatalogDocument;
import io.consort.service.catalogs.CatalogKeeper;
import io.consort.service.catalogs.CatalogRevisions;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import java.sql.SQLException;
import java.util.function.LongPredicate;

/** Answers the paths of a whole catalog and of its revisions. */
final class CatalogEndpoint {

    private static final int PAGE = 100;

    private final CatalogDesk desk;
    private final CatalogKeeper catalogs;
    private final CatalogRevisions revisions;

    CatalogEndpoint(CatalogDesk desk) {
        this.desk = desk;
        catalogs = desk.catalogs();
        revisions = catalogs.revisions();
    }

    /** Gives the live document. */
    void show(Call call) {
        CatalogCall about = new CatalogCall(call);
        desk.await(
                about,
                () -> revisions.head(about.tenant()).orElseThrow(about::withoutCatalog),
                head -> give(call, head));
    }

    /** Gives one revision's document. */
    void revision(Call call) {
        CatalogCall about = new CatalogCall(call);
        desk.await(about, () -> find(about), found -> give(call, found));
    }

    /** Lists revisions, the newest first. */
    void revisions(Call call) {
        CatalogCall about = new CatalogCall(call);
        long below = about.query("below").map(CatalogEndpoint::below).orElse(Long.MAX_VALUE);
        desk.await(
                about,
                () -> revisions.below(about.tenant(), below, PAGE + 1),
                found ->
                        CatalogReplies.revisions(
                                call.http(),
                                found.subList(0, Math.min(PAGE, found.size())),
                                found.size() > PAGE));
    }

    /** Makes the body the live document, or says what that would change. */
    void put(Call call) {
        CatalogCall about = new CatalogCall(call);
        String text = about.document();
        desk.change(about, _ -> CatalogDocument.parse(text), about.comment());
    }

    /** Makes the document of a former revision live again. */
    void restore(Call call) {
        CatalogCall about = new CatalogCall(call);
        LongPredicate expected = Precondition.ofChange(call.http().request());
        String comment =
                about.comment().isEmpty() ? "restores revision " + about.number() : about.comment();
        desk.await(
                about,
                () -> {
                    Revision former = find(about);
                    return catalogs.save(
                            about.tenant(),
                            about.author(),
                            expected,
                            _ -> CatalogDocument.parse(former.document()),
                            comment);
                },
                change -> CatalogReplies.change(call.http(), about.tenant(), change));
    }

    private void give(Call call, Revision revision) {
        if (Precondition.isKnown(call.http().request(), revision.number())) {
            CatalogReplies.notModified(call.http(), revision.number());
            return;
        }
        CatalogReplies.document(call.http(), document(revision), revision.number());
    }

    private Revision find(CatalogCall about) throws SQLException {
        long number = about.number();
        return revisions
                .find(about.tenant(), number)
                .orElseThrow(() -> about.unknownRevision(Long.toString(number)));
    }

    private static long below(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw ApiException.invalid("below", "`below` must be the number of a revision.");
        }
    }

    /** A document that is kept can be read. */
    static CatalogDocument document(Revision revision) {
        return CatalogDocument.kept(revision.document());
    }
}
