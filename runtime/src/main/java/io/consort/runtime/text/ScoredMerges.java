package io.consort.runtime.text;

import io.consort.runtime.weights.gguf.TokenType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The merges of a SentencePiece vocabulary (Kudo and Richardson 2018). It joins the neighbours whose
 * union has the best score; so every way to make a piece of two others is a merge, and merges are
 * ordered by the score of what they make.
 */
final class ScoredMerges {

    /** Two pieces that become one. */
    record Pair(String left, String right) {}

    private record Scored(Pair pair, double score, int left, int right) {}

    private ScoredMerges() {}

    /** The merges, the first to be made first. */
    static List<Pair> of(GgufVocabulary vocabulary) {
        List<Double> scores = vocabulary.scores();
        Map<String, Integer> pieces = new HashMap<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.types().get(id) == TokenType.NORMAL) {
                pieces.putIfAbsent(vocabulary.texts().get(id), id);
            }
        }
        List<Scored> merges = new ArrayList<>();
        pieces.forEach((text, id) -> addSplits(merges, pieces, text, scores.get(id)));
        merges.sort(
                Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparingInt(Scored::left)
                        .thenComparingInt(Scored::right));
        return merges.stream().map(Scored::pair).toList();
    }

    private static void addSplits(
            List<Scored> merges, Map<String, Integer> pieces, String text, double score) {
        for (int i = 1; i < text.length(); i++) {
            String head = text.substring(0, i);
            String tail = text.substring(i);
            Integer left = pieces.get(head);
            Integer right = pieces.get(tail);
            if (left != null && right != null) {
                merges.add(new Scored(new Pair(head, tail), score, left, right));
            }
        }
    }
}
