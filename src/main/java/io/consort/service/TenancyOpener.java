package io.consort.service;

import io.consort.experts.Catalog;
import io.consort.experts.chat.ChatExpert;
import io.consort.router.Router;
import io.consort.router.policy.Scribe;
import io.consort.router.signal.Embedder;
import io.consort.service.api.chat.DirectChat;
import io.consort.service.api.chat.WarmUp;
import io.consort.service.limit.Ledgers;
import io.consort.service.roster.Roster;
import io.consort.service.roster.SharedExperts;
import io.consort.service.store.Examples;
import io.consort.service.store.Keys;
import io.consort.service.store.RouterVersions;
import io.consort.service.tenant.Tenancies;
import io.consort.service.tenant.Tenancy;
import io.consort.service.training.RouterTraining;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/**
 * Opens tenancies with what all of them share, which stays the maker's.
 *
 * @param artefacts folder for what routers have learned
 */
record TenancyOpener(
        SharedExperts experts,
        Ledgers ledgers,
        Embedder embedder,
        Examples examples,
        RouterVersions versions,
        Path artefacts)
        implements Tenancies.Opener {

    @Override
    public Tenancy open(String tenant, Catalog catalog, long revision) throws SQLException {
        Path learned = learned(tenant);
        Catalog taught = RouterTraining.live(tenant, catalog, examples, versions);
        Roster roster =
                Roster.open(
                        taught,
                        expert -> experts.open(tenant, expert),
                        opened -> Router.open(taught, embedder, learned, writing(opened)));
        RouterTraining training =
                new RouterTraining(
                        tenant,
                        catalog,
                        examples,
                        versions,
                        roster,
                        embedder,
                        more -> Router.open(more, embedder, learned, writing(roster)));
        WarmUp.run(roster);
        ledgers.limitExperts(tenant, taught.experts());
        return new Tenancy(tenant, revision, roster, training);
    }

    /** No tenant finds what another's router has learned. */
    private Path learned(String tenant) {
        return tenant.equals(Keys.DEFAULT_TENANT)
                ? artefacts
                : artefacts.resolve("tenants").resolve(tenant);
    }

    private static Scribe writing(Map<String, ChatExpert> experts) {
        return (expert, request) ->
                DirectChat.write(Objects.requireNonNull(experts.get(expert)), request);
    }

    private static Scribe writing(Roster roster) {
        return (expert, request) -> DirectChat.write(roster.expert(expert), request);
    }
}
