package io.consort.service.api;

import io.consort.service.catalogs.CatalogKeeper;
import io.consort.service.catalogs.CatalogKeeper.Change;
import io.consort.service.catalogs.CatalogKeeper.Edit;
import io.consort.service.store.Tenants;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Where all calls about catalogs are worked on, away from the event loop. */
record CatalogDesk(CatalogKeeper catalogs, Tenants tenants) {

    /** Makes an edit, or says what it would change. */
    void change(CatalogCall about, Edit edit, String comment) {
        boolean look = about.isDryRun();
        var request = about.call().http().request();
        LongPredicate expected =
                look ? Precondition.ofPreview(request) : Precondition.ofChange(request);
        Callable<Change> work =
                look
                        ? () -> catalogs.preview(about.tenant(), about.author(), expected, edit)
                        : () ->
                                catalogs.save(
                                        about.tenant(), about.author(), expected, edit, comment);
        await(
                about,
                work,
                change -> CatalogReplies.change(about.call().http(), about.tenant(), change));
    }

    /** Works away from the event loop, and answers on it. */
    <T> void await(CatalogCall about, Callable<T> work, Consumer<T> reply) {
        Pending.await(
                about.call(),
                Background.run(() -> {
                    about.requireTenant(tenants);
                    return about.told(work);
                }),
                reply);
    }
}
