package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Catalog;
import io.consort.experts.MapPlan;
import io.consort.experts.RecordedOutcomes;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import io.consort.router.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapPlannerTest {

    private static final String COSTS =
            ",\"cost_usd\":{\"apple\":0.001,\"smith\":0.01,\"big/general\":0.0001,\"absent\":0}";

    @TempDir private Path folder = Path.of("");

    @Test
    void everyCategoryGetsWhoDidBestOnIt() throws IOException {
        Catalog planned = MapPlanner.apply(catalog(Map.of()));
        assertThat(planned.map().get("fruit")).first().isEqualTo("apple");
        assertThat(planned.map().get("metal")).first().isEqualTo("smith");
        assertThat(planned.map()).containsKey("stray");
        assertThat(MapPlanner.apply(Catalogs.small())).isEqualTo(Catalogs.small());
    }

    @Test
    void aBudgetIsKeptAndExplained() throws IOException {
        Catalog catalog = catalog(Map.of("usd-per-thousand-requests", 2.0));
        MapPlanner.Found found = MapPlanner.find(catalog, catalog.plan().orElseThrow());
        assertThat(found.map().assignments().get(0).expert()).isEqualTo("apple");
        assertThat(found.map().assignments().get(1).expert()).isEqualTo("general");
        assertThat(found.map().assignments().get(1).reason())
                .contains("smith would score", "usd-per-thousand-requests");
    }

    @Test
    void theRouterRoutesByTheMapThatWasFound() throws IOException {
        Router router =
                Router.open(catalog(Map.of()), new FakeEmbedder(text -> text), folder.resolve("a"));
        assertThat(router.catalog().map().get("metal")).first().isEqualTo("smith");
    }

    @Test
    void whatCannotBeMetIsNamedWithTheLeastThatWouldDo() throws IOException {
        Catalog tight = catalog(Map.of("usd-per-thousand-requests", 0.01));
        assertThatThrownBy(() -> MapPlanner.apply(tight))
                .isInstanceOf(ArtefactException.class)
                .hasMessageStartingWith("The `map` of the catalog cannot be found: no map meets")
                .hasMessageContaining("0.1000 USD is the least that would do");
    }

    @Test
    void outcomesOfOtherCategoriesAreRefused() throws IOException {
        Catalog strange =
                new Catalog(
                        1,
                        List.of(Catalogs.category("law", "May I?")),
                        List.of(),
                        Catalogs.small().experts(),
                        Map.of(),
                        Optional.of(plan(Map.of())),
                        List.of(),
                        Set.of());
        assertThatThrownBy(() -> MapPlanner.apply(strange))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("its categories are fruit, metal, none of which")
                .hasMessageContaining("label the prompts with law");
    }

    private Catalog catalog(Map<String, Double> budgets) throws IOException {
        Catalog small = Catalogs.small();
        return new Catalog(
                1,
                small.categories(),
                small.otherExamples(),
                small.experts(),
                Map.of(),
                Optional.of(plan(budgets)),
                small.policies(),
                small.thrifty());
    }

    private MapPlan plan(Map<String, Double> budgets) throws IOException {
        Path pool = OutcomeFolders.write(folder.resolve("pool"), COSTS);
        return new MapPlan(new RecordedOutcomes(pool, Map.of("big/general", "general")), budgets);
    }
}
