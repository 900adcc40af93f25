package io.consort.router.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Catalog;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RehearsalTest {

    private final FakeEmbedder embedder = new FakeEmbedder(text -> text.replaceAll("\\d", ""));

    @Test
    void whatCanBeToldApartIsPlacedRightUnseen() {
        List<Integer> done = new ArrayList<>();
        Report report = Rehearsal.of(catalog("fruit", "metal"), embedder, 3, done::add);
        assertThat(report.questions()).isEqualTo(80);
        assertThat(report.firstRanked()).isGreaterThan(0.95);
        assertThat(report.accuracy()).isGreaterThan(0.8);
        assertThat(report.calibrationError()).isBetween(0.0, 0.3);
        assertThat(done).containsExactly(1, 2, 3);
        assertThat(embedder.calls()).isLessThanOrEqualTo(80);
    }

    @Test
    void whatIsLabelledAtRandomIsNot() {
        Report report = Rehearsal.of(catalog("same", "same"), embedder, 3, _ -> {});
        assertThat(report.firstRanked()).isLessThan(0.8);
    }

    private static Catalog catalog(String one, String other) {
        return Catalogs.of(
                List.of(
                        Catalogs.category("fruit", texts(one, 0)),
                        Catalogs.category("metal", texts(other, 30))),
                List.of(texts("war", 0)).subList(0, 20));
    }

    private static String[] texts(String kind, int from) {
        return IntStream.range(from, from + 30).mapToObj(i -> kind + i).toArray(String[]::new);
    }
}
