package io.consort.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TextTensorsTest {

    @Test
    void aCheckpointWithoutAPartForImagesStaysAsItIs() {
        Map<String, Tensor> tensors = named("model.embed_tokens.weight", "lm_head.weight");
        assertThat(TextTensors.of(tensors)).isEqualTo(tensors);
    }

    @Test
    void theOldSpellingNamesTheLanguageModelFirst() {
        Map<String, Tensor> tensors =
                named(
                        "language_model.model.embed_tokens.weight",
                        "language_model.model.layers.0.mlp.up_proj.weight",
                        "language_model.lm_head.weight",
                        "vision_tower.vision_model.encoder.layers.0.mlp.fc1.weight",
                        "multi_modal_projector.mm_input_projection_weight");
        assertThat(TextTensors.of(tensors))
                .containsExactly(
                        renamed(tensors, "model.embed_tokens.weight", "language_model."),
                        renamed(tensors, "model.layers.0.mlp.up_proj.weight", "language_model."),
                        renamed(tensors, "lm_head.weight", "language_model."));
    }

    @Test
    void theNewSpellingNamesItWithinTheModelAndTheHeadOutside() {
        Map<String, Tensor> tensors =
                named(
                        "model.language_model.embed_tokens.weight",
                        "model.language_model.norm.weight",
                        "model.vision_tower.embeddings.weight",
                        "lm_head.weight");
        Map<String, Tensor> text = TextTensors.of(tensors);
        assertThat(text.keySet())
                .containsExactly(
                        "model.embed_tokens.weight", "model.norm.weight", "lm_head.weight");
        assertThat(text.get("model.norm.weight"))
                .isSameAs(tensors.get("model.language_model.norm.weight"));
        assertThat(text.get("lm_head.weight")).isSameAs(tensors.get("lm_head.weight"));
    }

    private static Map.Entry<String, Tensor> renamed(
            Map<String, Tensor> tensors, String name, String prefix) {
        Tensor tensor = tensors.get(prefix + name);
        assertThat(tensor).isNotNull();
        return Map.entry(name, tensor);
    }

    private static Map<String, Tensor> named(String... names) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : names) {
            MemorySegment data = MemorySegment.ofArray(new byte[4]);
            tensors.put(
                    name,
                    new Tensor(
                            Path.of("model.safetensors"),
                            OptionalLong.empty(),
                            name,
                            DType.F32,
                            List.of(1L),
                            data));
        }
        return tensors;
    }
}
