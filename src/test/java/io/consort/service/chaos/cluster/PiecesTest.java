package io.consort.service.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PiecesTest {

    @Test
    void aWholeStreamIsInOrder() {
        Pieces pieces = read(IntStream.range(0, FakeExpert.PIECES));
        assertThat(pieces.isOver()).isFalse();
        pieces.take("data: [DONE]");
        assertThat(pieces.isOver()).isTrue();
        assertThat(pieces.isInOrder()).isTrue();
    }

    @Test
    void aPieceThatIsMissingTwiceOrEarlyIsSeen() {
        assertThat(ended(IntStream.range(1, FakeExpert.PIECES))).isFalse();
        assertThat(ended(IntStream.range(0, FakeExpert.PIECES - 1))).isFalse();
        assertThat(ended(IntStream.concat(IntStream.of(0), IntStream.range(0, FakeExpert.PIECES))))
                .isFalse();
        assertThat(
                        ended(
                                IntStream.concat(
                                        IntStream.of(1, 0), IntStream.range(2, FakeExpert.PIECES))))
                .isFalse();
    }

    private static boolean ended(IntStream numbers) {
        Pieces pieces = read(numbers);
        pieces.take("data: [DONE]");
        return pieces.isInOrder();
    }

    private static Pieces read(IntStream numbers) {
        Pieces pieces = new Pieces();
        numbers.forEach(number ->
                pieces.take(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"%d \"}}]}"
                                .formatted(number)));
        return pieces;
    }
}
