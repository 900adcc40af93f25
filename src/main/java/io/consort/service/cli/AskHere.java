package io.consort.service.cli;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.PolicySettings;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.Message;
import io.consort.router.Router;
import io.consort.router.policy.ArtefactException;
import io.consort.router.policy.Decision;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import io.consort.runtime.weights.CheckpointException;
import io.consort.service.api.chat.DirectChat;
import io.consort.service.roster.Openings;
import io.consort.service.roster.Roster;
import io.consort.service.store.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Answers inside this process, without HTTP and without a database. */
final class AskHere implements Answering {

    private final Path catalogFile;
    private final DataFolder data;

    AskHere(Path catalogFile, DataFolder data) {
        this.catalogFile = catalogFile;
        this.data = data;
    }

    @Override
    public Spoken ask(String question, String model) throws AskException {
        try {
            Catalog catalog = CatalogFile.read(catalogFile, System.getenv());
            try (Embedder embedder = MiniLmEmbedder.open(1)) {
                Router router =
                        Router.open(
                                catalog,
                                embedder,
                                DataFolder.at(data.path()).artefacts(),
                                (expert, request) -> write(catalog, expert, request));
                return ask(router, question, model);
            }
        } catch (CatalogFileException problems) {
            throw new AskException("The catalog cannot be used:\n" + problems.getMessage());
        } catch (ArtefactException missing) {
            throw new AskException(String.valueOf(missing.getMessage()));
        } catch (CheckpointException unusable) {
            throw new AskException("An expert cannot be loaded: " + unusable.getMessage());
        } catch (CompletionException failure) {
            throw new AskException(Causes.deepest(failure));
        }
    }

    private static String write(Catalog catalog, String expert, String request) {
        try (Openings openings = Openings.create();
                ChatExpert writer = openings.open(catalog.expert(expert).orElseThrow())) {
            return DirectChat.write(writer, request);
        }
    }

    private static Spoken ask(Router router, String question, String model) throws AskException {
        Map<String, PolicySettings> models = Roster.models(router.catalog());
        PolicySettings policy = models.get(model);
        if (policy == null) {
            throw new AskException(
                    "There is no model \"%s\"; use one of: %s."
                            .formatted(model, String.join(", ", models.keySet())));
        }
        long before = System.nanoTime();
        Decision decision =
                router.decide(policy, List.of(new Message("user", question)))
                        .toCompletableFuture()
                        .join();
        double milliseconds = (System.nanoTime() - before) / 1e6;
        DirectChat.Said said = answer(router.catalog(), decision, question);
        return new Spoken(
                said.text(),
                said.expert(),
                decision.category().orElse(Category.NONE),
                decision.probability(),
                decision.policy(),
                milliseconds,
                decision.reasons());
    }

    private static DirectChat.Said answer(Catalog catalog, Decision decision, String question) {
        if (decision.experts().isEmpty()) {
            return DirectChat.self(catalog);
        }
        try (Openings openings = Openings.create()) {
            List<Expert> experts =
                    decision.experts().stream()
                            .map(id -> catalog.expert(id).orElseThrow())
                            .toList();
            return DirectChat.ask(experts, decision.escalation(), openings::open, question);
        }
    }
}
