package io.consort.runtime.check;

import io.consort.runtime.model.ModelConfig;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.SafetensorsFile;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What another implementation answers for a checkpoint, read from {@code golden.safetensors} beside
 * it.
 *
 * @param input token ids
 * @param logits [tokens, vocabulary]
 * @param hidden the embeddings, then the state after each layer, the last after the final norm; each
 *     [tokens, hidden]
 * @param greedy a prompt and the ids that follow it greedily
 * @param prompt how many of {@code greedy} are the prompt
 */
record Golden(int[] input, float[] logits, List<float[]> hidden, int[] greedy, int prompt) {

    static final String NAME = "golden.safetensors";
    private static final String REMEDY = "make it again as the golden README describes";

    static Golden read(Path checkpoint, ModelConfig config) {
        Path file =
                Files.isDirectory(checkpoint)
                        ? checkpoint.resolve(NAME)
                        : checkpoint.resolveSibling(NAME);
        try (Arena arena = Arena.ofConfined()) {
            Map<String, Tensor> tensors = SafetensorsFile.map(file, arena);
            int[] input = ids(file, tensors, "input_ids", config);
            int[] greedy = ids(file, tensors, "greedy_ids", config);
            long tokens = input.length;
            float[] logits = floats(file, tensors, "logits", tokens, config.vocabulary());
            List<float[]> hidden = new ArrayList<>();
            for (int i = 0; i <= config.layers(); i++) {
                hidden.add(floats(file, tensors, "hidden." + i, tokens, config.hidden()));
            }
            if (greedy.length <= PROMPT) {
                throw new CheckpointException(
                        file,
                        "`greedy_ids` holds no id after the prompt's %d".formatted(PROMPT),
                        REMEDY);
            }
            return new Golden(input, logits, hidden, greedy, commonPrefix(file, input, greedy));
        }
    }

    /** The prompt is the beginning of the input; generated ids follow it. */
    private static int commonPrefix(Path file, int[] input, int[] greedy) {
        int limit = Math.min(PROMPT, Math.min(input.length, greedy.length));
        for (int i = 0; i < limit; i++) {
            if (input[i] != greedy[i]) {
                throw new CheckpointException(
                        file, "`greedy_ids` does not begin as `input_ids` does", REMEDY);
            }
        }
        return limit;
    }

    private static final int PROMPT = 16;

    private static int[] ids(
            Path file, Map<String, Tensor> tensors, String name, ModelConfig config) {
        long[] values = tensor(file, tensors, name).toLongs();
        int[] ids = new int[values.length];
        for (int i = 0; i < ids.length; i++) {
            if (values[i] < 0 || values[i] >= config.vocabulary()) {
                throw new CheckpointException(
                        file,
                        "`%s` holds %d, which is not in the vocabulary".formatted(name, values[i]),
                        REMEDY);
            }
            ids[i] = (int) values[i];
        }
        if (ids.length == 0) {
            throw new CheckpointException(file, "`%s` is empty".formatted(name), REMEDY);
        }
        return ids;
    }

    private static float[] floats(
            Path file, Map<String, Tensor> tensors, String name, long rows, long columns) {
        Tensor tensor = tensor(file, tensors, name);
        if (!tensor.shape().equals(List.of(rows, columns))) {
            throw new CheckpointException(
                    file,
                    "`%s` has the shape %s instead of [%d, %d]"
                            .formatted(name, tensor.shape(), rows, columns),
                    "use the golden file that belongs to this checkpoint");
        }
        return tensor.toFloats();
    }

    private static Tensor tensor(Path file, Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(file, "`%s` is missing".formatted(name), REMEDY);
        }
        return tensor;
    }
}
