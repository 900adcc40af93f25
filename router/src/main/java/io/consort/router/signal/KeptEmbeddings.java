package io.consort.router.signal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embeddings of texts that will be asked for again, in one file for each embedder, so that each is
 * made once: by the hash of the text, in 16 bits, of at most {@value #MOST} texts. Thread-safe; the
 * folder may be shared and may be emptied at any time. A file that cannot be read or written only
 * costs the embedding of its texts; that is logged.
 */
public final class KeptEmbeddings {

    private static final System.Logger LOG = System.getLogger(KeptEmbeddings.class.getName());
    private static final int MOST = 50_000;

    private final Embedder embedder;
    private final EmbeddingFile file;

    /**
     * The embeddings that are kept in a folder.
     *
     * @param folder made when the first ones are kept
     * @param embedder stays the caller's
     */
    public KeptEmbeddings(Path folder, Embedder embedder) {
        this.embedder = embedder;
        String name = TextKey.of(embedder.id(), "").hexadecimal().substring(0, 12);
        file =
                new EmbeddingFile(
                        folder.resolve("embeddings-" + name + ".bin"), embedder.dimension());
    }

    /**
     * The embedding of every text, in their order, rounded to 16 bits. Blocks while it embeds those
     * that are not kept, and then keeps them; those that were asked for longest ago make room.
     */
    public List<float[]> of(List<String> texts) {
        List<TextKey> keys =
                texts.parallelStream().map(text -> TextKey.of(embedder.id(), text)).toList();
        Map<TextKey, short[]> known = read();
        Map<TextKey, String> missing = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!known.containsKey(keys.get(i))) {
                missing.put(keys.get(i), texts.get(i));
            }
        }
        if (!missing.isEmpty()) {
            List<float[]> made = embedder.embedAll(List.copyOf(missing.values()));
            int next = 0;
            for (TextKey key : missing.keySet()) {
                known.put(key, rounded(made.get(next)));
                next++;
            }
            write(keys, known);
        }
        return keys.stream().map(key -> widened(known.getOrDefault(key, new short[0]))).toList();
    }

    /** The same by text. */
    public Map<String, float[]> byText(List<String> texts) {
        List<float[]> embeddings = of(texts);
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), embeddings.get(i));
        }
        return byText;
    }

    private Map<TextKey, short[]> read() {
        try {
            return file.read();
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The embeddings in {0} are made again: {1}",
                    file.path(),
                    e.getMessage());
            return new LinkedHashMap<>();
        }
    }

    /** Those asked for now come first. */
    private void write(List<TextKey> asked, Map<TextKey, short[]> known) {
        Set<TextKey> order = new LinkedHashSet<>(asked);
        order.addAll(known.keySet());
        Map<TextKey, short[]> kept = new LinkedHashMap<>();
        for (TextKey key : new ArrayList<>(order).subList(0, Math.min(MOST, order.size()))) {
            kept.put(key, known.getOrDefault(key, new short[0]));
        }
        try {
            file.write(kept);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "Embeddings cannot be kept in {0} and will be made again: {1}",
                    file.path(),
                    e.toString());
        }
    }

    private static short[] rounded(float[] values) {
        short[] halves = new short[values.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Float.floatToFloat16(values[i]);
        }
        return halves;
    }

    private static float[] widened(short[] halves) {
        float[] values = new float[halves.length];
        for (int i = 0; i < halves.length; i++) {
            values[i] = Float.float16ToFloat(halves[i]);
        }
        return values;
    }
}
