package io.consort.router.signal.minilm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The embeddings of the texts seen last, by exact text. Thread-safe; holds short texts only. */
final class RecentEmbeddings {

    private static final int TEXTS = 2_048;
    private static final int LONGEST = 1_024;

    private final Map<String, float[]> embeddings =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                    return size() > TEXTS;
                }
            };

    Optional<float[]> find(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        synchronized (embeddings) {
            return Optional.ofNullable(embeddings.get(text));
        }
    }

    void remember(String text, float[] embedding) {
        if (text.length() <= LONGEST) {
            synchronized (embeddings) {
                embeddings.put(text, embedding);
            }
        }
    }
}
