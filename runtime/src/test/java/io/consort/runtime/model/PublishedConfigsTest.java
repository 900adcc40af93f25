package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.Heads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the configurations that well-known models are published with. */
class PublishedConfigsTest {

    @TempDir private Path folder;

    @Test
    void llama2() throws IOException {
        ModelConfig config =
                read(
                        """
                        "architectures": ["LlamaForCausalLM"], "bos_token_id": 1, "eos_token_id": 2,
                        "hidden_act": "silu", "hidden_size": 4096, "intermediate_size": 11008,
                        "max_position_embeddings": 4096, "model_type": "llama",
                        "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
                        "pretraining_tp": 1, "rms_norm_eps": 1e-05, "rope_scaling": null,
                        "tie_word_embeddings": false, "torch_dtype": "float16", "vocab_size": 32000
                        """);
        assertThat(config.heads()).isEqualTo(new Heads(32, 32, 128));
        assertThat(config.normEpsilon()).isEqualTo(1e-5f);
        assertThat(config.endTokens()).containsExactly(2);
        assertThat(rope(config)).isEqualTo(new RopeSettings(10_000, 128, new RopeScaling.None()));
    }

    @Test
    void llama31AndItsNewSpelling() throws IOException {
        String sizes =
                """
                "model_type": "llama", "hidden_act": "silu", "hidden_size": 4096,
                "intermediate_size": 14336, "max_position_embeddings": 131072, "mlp_bias": false,
                "attention_bias": false, "num_attention_heads": 32, "num_hidden_layers": 32,
                "num_key_value_heads": 8, "rms_norm_eps": 1e-05, "vocab_size": 128256,
                "eos_token_id": [128001, 128008, 128009], "tie_word_embeddings": false,
                """;
        String scaling =
                """
                "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                "original_max_position_embeddings": 8192, "rope_type": "llama3"
                """;
        RopeSettings expected =
                new RopeSettings(500_000, 128, new RopeScaling.Llama3(8, 1, 4, 8192));
        ModelConfig old =
                read(
                        sizes
                                + "\"rope_theta\": 500000.0, \"torch_dtype\": \"bfloat16\", \"rope_scaling\": {"
                                + scaling
                                + "}");
        assertThat(rope(old)).isEqualTo(expected);
        assertThat(old.endTokens()).containsExactlyInAnyOrder(128001, 128008, 128009);
        ModelConfig renewed =
                read(
                        sizes
                                + "\"dtype\": \"bfloat16\", \"rope_parameters\": {\"rope_theta\": 500000.0, "
                                + scaling
                                + "}");
        assertThat(rope(renewed)).isEqualTo(expected);
    }

    @Test
    void llama32HasTiedHeadsOfItsOwnSize() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "llama", "head_dim": 64, "hidden_size": 2048,
                        "intermediate_size": 8192, "max_position_embeddings": 131072,
                        "num_attention_heads": 32, "num_hidden_layers": 16, "num_key_value_heads": 8,
                        "rms_norm_eps": 1e-05, "rope_theta": 500000.0, "tie_word_embeddings": true,
                        "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0,
                        "low_freq_factor": 1.0, "original_max_position_embeddings": 8192,
                        "rope_type": "llama3"}, "vocab_size": 128256
                        """);
        assertThat(config.tiedHead()).isTrue();
        assertThat(config.heads()).isEqualTo(new Heads(32, 8, 64));
        assertThat(rope(config).scaling()).isEqualTo(new RopeScaling.Llama3(32, 1, 4, 8192));
    }

    @Test
    void mistralHasWindowsInItsFirstVersionOnly() throws IOException {
        String sizes =
                """
                "model_type": "mistral", "hidden_act": "silu", "hidden_size": 4096,
                "intermediate_size": 14336, "max_position_embeddings": 32768,
                "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
                "rms_norm_eps": 1e-05, "tie_word_embeddings": false, "vocab_size": 32000,
                """;
        ModelConfig first = read(sizes + "\"rope_theta\": 10000.0, \"sliding_window\": 4096");
        assertThat(windows(first)).containsOnly(4096);
        ModelConfig third = read(sizes + "\"rope_theta\": 1000000.0, \"sliding_window\": null");
        assertThat(windows(third)).containsOnly(0);
        assertThat(rope(third).theta()).isEqualTo(1_000_000);
    }

    @Test
    void qwen2AndQwen25() throws IOException {
        String sizes =
                """
                "model_type": "qwen2", "hidden_act": "silu", "hidden_size": 896,
                "intermediate_size": 4864, "max_position_embeddings": 32768,
                "max_window_layers": 21, "num_attention_heads": 14, "num_hidden_layers": 24,
                "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0,
                "sliding_window": 32768, "tie_word_embeddings": true, "vocab_size": 151936,
                "use_mrope": false,
                """;
        ModelConfig off = read(sizes + "\"use_sliding_window\": false");
        assertThat(windows(off)).containsOnly(0);
        assertThat(off.heads()).isEqualTo(new Heads(14, 2, 64));
        assertThat(off.biases()).isEqualTo(new ModelConfig.Biases(true, false, false));
        List<Integer> expected = new ArrayList<>(Collections.nCopies(21, 0));
        expected.addAll(Collections.nCopies(3, 32768));
        assertThat(windows(read(sizes + "\"use_sliding_window\": true"))).isEqualTo(expected);
    }

    @Test
    void qwen3HasHeadsWiderThanItsState() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "qwen3", "attention_bias": false, "head_dim": 128,
                        "hidden_act": "silu", "hidden_size": 1024, "intermediate_size": 3072,
                        "max_position_embeddings": 40960, "max_window_layers": 28,
                        "num_attention_heads": 16, "num_hidden_layers": 28,
                        "num_key_value_heads": 8, "rms_norm_eps": 1e-06, "rope_scaling": null,
                        "rope_theta": 1000000, "sliding_window": null, "tie_word_embeddings": true,
                        "use_sliding_window": false, "vocab_size": 151936
                        """);
        assertThat(config.heads()).isEqualTo(new Heads(16, 8, 128));
        assertThat(windows(config)).containsOnly(0);
    }

    @Test
    void gemma2AlternatesWindows() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "gemma2", "attention_bias": false,
                        "attn_logit_softcapping": 50.0, "cache_implementation": "hybrid",
                        "eos_token_id": [1, 107], "final_logit_softcapping": 30.0, "head_dim": 256,
                        "hidden_act": "gelu_pytorch_tanh", "hidden_activation": "gelu_pytorch_tanh",
                        "hidden_size": 2304, "intermediate_size": 9216,
                        "max_position_embeddings": 8192, "num_attention_heads": 8,
                        "num_hidden_layers": 26, "num_key_value_heads": 4,
                        "query_pre_attn_scalar": 256, "rms_norm_eps": 1e-06, "rope_theta": 10000.0,
                        "sliding_window": 4096, "sliding_window_size": 4096, "vocab_size": 256000
                        """);
        assertThat(windows(config).subList(0, 4)).containsExactly(4096, 0, 4096, 0);
        assertThat(config.tiedHead()).isTrue();
        assertThat(config.attentionScale()).isEqualTo(1 / 16f);
        assertThat(config.embeddingScale()).isEqualTo((float) Math.sqrt(2304));
    }

    @Test
    void gemma3OfOneBillion() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "gemma3_text", "attention_bias": false,
                        "attn_logit_softcapping": null, "cache_implementation": "hybrid",
                        "final_logit_softcapping": null, "head_dim": 256,
                        "hidden_activation": "gelu_pytorch_tanh", "hidden_size": 1152,
                        "intermediate_size": 6912, "max_position_embeddings": 32768,
                        "num_attention_heads": 4, "num_hidden_layers": 26, "num_key_value_heads": 1,
                        "query_pre_attn_scalar": 256, "rms_norm_eps": 1e-06,
                        "rope_local_base_freq": 10000, "rope_scaling": null, "rope_theta": 1000000,
                        "sliding_window": 512, "sliding_window_pattern": 6, "vocab_size": 262144
                        """);
        assertThat(windows(config).subList(0, 7)).containsExactly(512, 512, 512, 512, 512, 0, 512);
        assertThat(rope(config).theta()).isEqualTo(10_000);
        assertThat(config.attention().get(5).rope().theta()).isEqualTo(1_000_000);
        assertThat(config.attentionCap()).isEmpty();
    }

    @Test
    void theTextPartOfAGemma3WithImagesIsFilledUp() throws IOException {
        ModelConfig config =
                read(
                        """
                        "architectures": ["Gemma3ForConditionalGeneration"], "boi_token_index": 255999,
                        "eos_token_id": [1, 106], "image_token_index": 262144,
                        "mm_tokens_per_image": 256, "model_type": "gemma3",
                        "text_config": {"hidden_size": 2560, "intermediate_size": 10240,
                        "model_type": "gemma3_text", "num_hidden_layers": 34,
                        "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
                        "sliding_window": 1024},
                        "vision_config": {"hidden_size": 1152, "model_type": "siglip_vision_model"}
                        """);
        assertThat(config.architecture()).isEqualTo(Architecture.GEMMA3_TEXT);
        assertThat(config.heads()).isEqualTo(new Heads(8, 4, 256));
        assertThat(config.vocabulary()).isEqualTo(262_208);
        assertThat(config.endTokens()).containsExactlyInAnyOrder(1, 106);
        assertThat(windows(config).subList(4, 6)).containsExactly(1024, 0);
        assertThat(config.attention().get(5).rope())
                .isEqualTo(new RopeSettings(1_000_000, 256, new RopeScaling.Linear(8)));
        assertThat(rope(config)).isEqualTo(new RopeSettings(10_000, 256, new RopeScaling.None()));
    }

    @Test
    void phi3AndItsLongContexts() throws IOException {
        String sizes =
                """
                "model_type": "phi3", "attention_bias": false, "hidden_act": "silu",
                "hidden_size": 3072, "intermediate_size": 8192, "num_attention_heads": 32,
                "num_hidden_layers": 32, "num_key_value_heads": 32,
                "original_max_position_embeddings": 4096, "rms_norm_eps": 1e-05,
                "rope_theta": 10000.0, "tie_word_embeddings": false, "vocab_size": 32064,
                """;
        ModelConfig small =
                read(
                        sizes
                                + "\"max_position_embeddings\": 4096, \"rope_scaling\": null, \"sliding_window\": 2047");
        assertThat(windows(small)).containsOnly(2047);
        assertThat(rope(small).scaling()).isEqualTo(new RopeScaling.None());
        String factors = String.join(", ", Collections.nCopies(48, "1.25"));
        for (String type : List.of("longrope", "su")) {
            ModelConfig large =
                    read(
                            sizes
                                    + "\"max_position_embeddings\": 131072, \"sliding_window\": 262144, "
                                    + "\"rope_scaling\": {\"type\": \"%s\", \"short_factor\": [%s], \"long_factor\": [%s]}"
                                            .formatted(type, factors, factors));
            assertThat(rope(large).scaling())
                    .isInstanceOfSatisfying(
                            RopeScaling.LongRope.class,
                            scaling -> {
                                assertThat(scaling.originalContext()).isEqualTo(4096);
                                assertThat(scaling.attentionFactor())
                                        .isEqualTo(Math.sqrt(1 + Math.log(32) / Math.log(4096)));
                            });
        }
    }

    @Test
    void smolLmIsALlama() throws IOException {
        ModelConfig config =
                read(
                        """
                        "model_type": "llama", "hidden_act": "silu", "hidden_size": 576,
                        "intermediate_size": 1536, "is_llama_config": true,
                        "max_position_embeddings": 8192, "num_attention_heads": 9,
                        "num_hidden_layers": 30, "num_key_value_heads": 3, "rms_norm_eps": 1e-05,
                        "rope_interleaved": false, "rope_scaling": null, "rope_theta": 100000,
                        "tie_word_embeddings": true, "vocab_size": 49152
                        """);
        assertThat(config.heads()).isEqualTo(new Heads(9, 3, 64));
        assertThat(rope(config).theta()).isEqualTo(100_000);
        assertThat(config.tiedHead()).isTrue();
    }

    private ModelConfig read(String fields) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{" + fields + "}");
        return ConfigReader.read(folder);
    }

    private static RopeSettings rope(ModelConfig config) {
        return config.attention().getFirst().rope();
    }

    private static List<Integer> windows(ModelConfig config) {
        return config.attention().stream().map(layer -> layer.window().orElse(0)).toList();
    }
}
