package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    private static final String SIZES =
            """
            "vocab_size": 64, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 4,
            "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 128,
            """;

    @TempDir private Path folder;

    @Test
    void whatIsAbsentIsWhatTransformersAssumes() throws IOException {
        ModelConfig llama = read("\"model_type\": \"llama\"");
        assertThat(llama.activation()).isEqualTo(Activation.SILU);
        assertThat(llama.heads().size()).isEqualTo(8);
        assertThat(llama.normEpsilon()).isEqualTo(1e-6f);
        assertThat(llama.tiedHead()).isFalse();
        assertThat(llama.attention()).allMatch(layer -> layer.window().isEmpty());
        assertThat(llama.attention().getFirst().rope().theta()).isEqualTo(10_000);
        ModelConfig mistral = read("\"model_type\": \"mistral\"");
        assertThat(mistral.attention().getFirst().window()).isEqualTo(OptionalInt.of(4096));
        ModelConfig gemma = read("\"model_type\": \"gemma2\"");
        assertThat(gemma.attentionCap()).hasValue(50);
        assertThat(gemma.logitCap()).hasValue(30);
        assertThat(gemma.heads().size()).isEqualTo(256);
        assertThat(gemma.attentionScale()).isEqualTo(1 / 16f);
        assertThat(gemma.tiedHead()).isTrue();
    }

    @Test
    void gemma3KeepsARotaryBaseForLayersWithAWindow() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "gemma3_text", "sliding_window": 5, "sliding_window_pattern": 2,
                        "rope_scaling": {"rope_type": "linear", "factor": 8.0}
                        """);
        LayerAttention local = config.attention().get(0);
        LayerAttention global = config.attention().get(1);
        assertThat(local.window()).isEqualTo(OptionalInt.of(5));
        assertThat(local.rope().theta()).isEqualTo(10_000);
        assertThat(local.rope().scaling()).isEqualTo(new RopeScaling.None());
        assertThat(global.window()).isEmpty();
        assertThat(global.rope().theta()).isEqualTo(1_000_000);
        assertThat(global.rope().scaling()).isEqualTo(new RopeScaling.Linear(8));
    }

    @Test
    void aWindowThatIsSwitchedOffIsNoWindow() throws IOException {
        String window =
                "\"model_type\": \"qwen2\", \"sliding_window\": 8, \"max_window_layers\": 3,";
        assertThat(read(window + "\"use_sliding_window\": false").attention())
                .allMatch(layer -> layer.window().isEmpty());
        assertThat(read(window + "\"use_sliding_window\": true").attention())
                .extracting(layer -> layer.window().orElse(0))
                .containsExactly(0, 0, 0, 8);
    }

    @Test
    void endTokensComeFromBothFiles() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [7, 9]}");
        assertThat(read("\"model_type\": \"llama\", \"eos_token_id\": 3").endTokens())
                .containsExactlyInAnyOrder(3, 7, 9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hidden_act\": \"relu\"|`hidden_act` is \"relu\"",
                "\"rope_scaling\": {\"rope_type\": \"mrope\"}|`rope_scaling.rope_type` is \"mrope\"",
                "\"rope_scaling\": {\"type\": \"linear\"}|`rope_scaling.factor` is absent",
                "\"quantization_config\": {\"bits\": 4}|`quantization_config`",
                "\"hidden_act\": \"gelu\"|`hidden_act` is \"gelu\"",
                "\"attention_multiplier\": 0.02|`attention_multiplier` is 0.02",
                "\"logits_scaling\": 8|`logits_scaling` is 8",
                "\"num_local_experts\": 8|`num_local_experts` is 8",
                "\"clip_qkv\": 8.0|`clip_qkv` is 8.0",
                "\"rope_interleaved\": true|`rope_interleaved` is true",
                "\"use_qk_norm\": true|`use_qk_norm` is true",
                "\"no_rope_layers\": [1, 0]|`no_rope_layers` is [1,0]",
                "\"text_config\": {}|`text_config` is {}",
                "\"num_key_value_heads\": 3|`num_key_value_heads` is 3",
                "\"head_dim\": 7|`head_dim` is 7",
                "\"vocab_size\": \"many\"|`vocab_size` is \"many\"",
                "\"hidden_size\": 0|`hidden_size` is 0",
                "\"rms_norm_eps\": \"tiny\"|`rms_norm_eps` is \"tiny\"",
                "\"tie_word_embeddings\": 1|`tie_word_embeddings` is 1",
            })
    void whatIsNotBuiltIsRefusedByName(String field, String message) {
        assertThatThrownBy(() -> read("\"model_type\": \"llama\", " + field))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(message);
    }

    @Test
    void optionsThatChangeNothingAreAccepted() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "llama", "logits_scaling": 1.0, "num_experts": 0,
                        "rope_interleaved": false, "no_rope_layers": [], "quantization_config": null
                        """);
        assertThat(config.layers()).isEqualTo(4);
    }

    private ModelConfig read(String fields) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{" + SIZES + fields + "}");
        return ConfigReader.read(folder);
    }
}
