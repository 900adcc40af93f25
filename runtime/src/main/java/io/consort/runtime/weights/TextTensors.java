package io.consort.runtime.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tensors of the language model in a checkpoint that also has a part for images. */
final class TextTensors {

    /** Beginnings of names, and what they are without the part for images. */
    private static final List<Map.Entry<String, String>> PREFIXES =
            List.of(
                    Map.entry("language_model.model.", "model."),
                    Map.entry("language_model.lm_head.", "lm_head."),
                    Map.entry("model.language_model.", "model."));

    private TextTensors() {}

    /** The language model's tensors under their usual names; all, where there is no other part. */
    static Map<String, Tensor> of(Map<String, Tensor> tensors) {
        Map<String, Tensor> text = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            for (Map.Entry<String, String> prefix : PREFIXES) {
                if (name.startsWith(prefix.getKey())) {
                    String rest = name.substring(prefix.getKey().length());
                    text.put(prefix.getValue() + rest, tensor);
                }
            }
        });
        if (text.isEmpty()) {
            return tensors;
        }
        Tensor head = tensors.get("lm_head.weight");
        if (head != null) {
            text.put("lm_head.weight", head);
        }
        return text;
    }
}
