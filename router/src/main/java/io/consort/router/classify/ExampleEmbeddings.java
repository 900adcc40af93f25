package io.consort.router.classify;

import io.consort.router.signal.Embedder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Texts as both judges see them.
 *
 * @param thorough by the embedder
 * @param quick by its quick substitute, where there is one
 */
record ExampleEmbeddings(List<Features> thorough, Optional<List<Features>> quick) {

    /**
     * The texts before both judges; blocks.
     *
     * @param embeddings gives the embedder's embeddings of texts, in their order
     */
    static ExampleEmbeddings of(
            List<String> texts,
            Embedder embedder,
            Function<List<String>, List<float[]>> embeddings) {
        List<Words> words = texts.parallelStream().map(Words::of).toList();
        return new ExampleEmbeddings(
                features(embeddings.apply(texts), words),
                embedder.quick()
                        .map(rough ->
                                features(
                                        texts.parallelStream().map(rough::embed).toList(), words)));
    }

    private static List<Features> features(List<float[]> embeddings, List<Words> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> new Features(embeddings.get(i), words.get(i)))
                .toList();
    }
}
