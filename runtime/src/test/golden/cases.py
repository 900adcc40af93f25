"""The small checkpoints that `reference.py make` writes: options that the checkpoints of transformers do not cover."""
import json
import os

import numpy as np
import torch

from reference import Model, write_safetensors

F32, F16, BF16 = torch.float32, torch.float16, torch.bfloat16
BASE = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            vocab_size=64, max_position_embeddings=256, rms_norm_eps=1e-6, tie_word_embeddings=False)
PROMPT, TOKENS, GENERATED = 16, 24, 24

CASES = {
    "qwen3-f16": (F16, dict(
        model_type="qwen3", head_dim=16, hidden_act="silu", attention_bias=False, use_sliding_window=False,
        sliding_window=None, rope_parameters=dict(rope_theta=1000000.0, rope_type="default"),
        layer_types=["full_attention"] * 2)),
    "qwen3-biased-windows": (BF16, dict(
        model_type="qwen3", num_hidden_layers=3, head_dim=12, hidden_act="silu", attention_bias=True,
        use_sliding_window=True, sliding_window=6, max_window_layers=1, rope_theta=10000.0, rope_scaling=None)),
    "qwen2-windows": (BF16, dict(
        model_type="qwen2", num_hidden_layers=3, hidden_act="silu", use_sliding_window=True, sliding_window=5,
        max_window_layers=2, rope_theta=1000000.0, tie_word_embeddings=True)),
    "gemma3-local-global": (BF16, dict(
        model_type="gemma3_text", num_hidden_layers=3, head_dim=16, hidden_activation="gelu_pytorch_tanh",
        attention_bias=False, query_pre_attn_scalar=20, sliding_window=5, tie_word_embeddings=True,
        attn_logit_softcapping=None, final_logit_softcapping=None, use_bidirectional_attention=False,
        layer_types=["sliding_attention", "sliding_attention", "full_attention"],
        rope_parameters=dict(full_attention=dict(rope_theta=1000000.0, rope_type="linear", factor=8.0),
                             sliding_attention=dict(rope_theta=10000.0, rope_type="default")))),
    "gemma3-old-spelling": (BF16, dict(
        model_type="gemma3_text", head_dim=8, num_key_value_heads=1, hidden_activation="gelu_pytorch_tanh",
        query_pre_attn_scalar=8, sliding_window=7, sliding_window_pattern=2, tie_word_embeddings=True,
        rope_theta=1000000.0, rope_local_base_freq=10000.0, rope_scaling=dict(rope_type="linear", factor=4.0))),
    "gemma2-no-caps": (F16, dict(
        model_type="gemma2", head_dim=16, hidden_activation="gelu_pytorch_tanh", query_pre_attn_scalar=16,
        sliding_window=6, attn_logit_softcapping=None, final_logit_softcapping=None, rope_theta=10000.0,
        tie_word_embeddings=True)),
    "phi3-partial-rotary": (BF16, dict(
        model_type="phi3", hidden_act="silu", sliding_window=9, original_max_position_embeddings=256,
        rope_parameters=dict(rope_theta=10000.0, rope_type="default", partial_rotary_factor=0.5))),
    "phi3-longrope": (F32, dict(
        model_type="phi3", hidden_act="silu", sliding_window=None, max_position_embeddings=80,
        original_max_position_embeddings=20, rope_theta=10000.0,
        rope_scaling=dict(type="longrope", short_factor=[1.0, 1.1, 1.3, 1.6], long_factor=[1.0, 1.9, 3.2, 4.5]))),
    "llama-sharded-linear": (F16, dict(
        model_type="llama", hidden_act="silu", head_dim=8, rope_theta=10000.0,
        rope_scaling=dict(type="linear", factor=2.0))),
    "llama-biases-odd-sizes": (F32, dict(
        model_type="llama", hidden_act="silu", hidden_size=38, intermediate_size=51, vocab_size=67, head_dim=10,
        num_attention_heads=3, num_key_value_heads=1, attention_bias=True, mlp_bias=True,
        rope_parameters=dict(rope_theta=10000.0, rope_type="default"))),
    "llama-dynamic": (BF16, dict(
        model_type="llama", hidden_act="silu", max_position_embeddings=20, rope_theta=10000.0,
        rope_scaling=dict(type="dynamic", factor=2.0))),
    "llama-yarn": (BF16, dict(
        model_type="llama", hidden_act="silu", head_dim=16, max_position_embeddings=128,
        rope_parameters=dict(rope_theta=10000.0, rope_type="yarn", factor=4.0, original_max_position_embeddings=32))),
    "qwen2-yarn-scales": (BF16, dict(
        model_type="qwen2", hidden_act="silu", head_dim=16, max_position_embeddings=128, rope_theta=50000.0,
        rope_scaling=dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=32, beta_fast=16.0,
                          beta_slow=2.0, mscale=0.7, mscale_all_dim=1.2, truncate=False))),
    "mistral-no-window": (F16, dict(
        model_type="mistral", hidden_act="silu", head_dim=16, num_attention_heads=6, num_key_value_heads=3,
        sliding_window=None, rope_theta=1000000.0)),
}


def shapes(c):
    """The tensors of an architecture under their Hugging Face names."""
    hidden, ffn, q, kv = c.hidden, c.raw["intermediate_size"], c.heads * c.head_dim, c.kv_heads * c.head_dim
    bias = c.raw.get("attention_bias", False)
    out = {"model.embed_tokens.weight": (c.vocab, hidden), "model.norm.weight": (hidden,)}
    if not c.tied:
        out["lm_head.weight"] = (c.vocab, hidden)
    for layer in range(c.layers):
        path = f"model.layers.{layer}."
        norms = ["input_layernorm", "post_attention_layernorm"]
        norms += ["pre_feedforward_layernorm", "post_feedforward_layernorm"] if c.gemma else []
        out.update({f"{path}{norm}.weight": (hidden,) for norm in norms})
        linears = {"self_attn.o_proj": (hidden, q, bias), "mlp.down_proj": (hidden, ffn, c.raw.get("mlp_bias"))}
        if c.kind == "phi3":
            linears["self_attn.qkv_proj"] = (q + 2 * kv, hidden, False)
            linears["mlp.gate_up_proj"] = (2 * ffn, hidden, False)
        else:
            for part, size in (("q", q), ("k", kv), ("v", kv)):
                linears[f"self_attn.{part}_proj"] = (size, hidden, bias or c.kind == "qwen2")
            linears["mlp.gate_proj"] = linears["mlp.up_proj"] = (ffn, hidden, c.raw.get("mlp_bias"))
        if c.kind in ("qwen3", "gemma3_text"):
            out.update({f"{path}self_attn.{part}_norm.weight": (c.head_dim,) for part in "qk"})
        for name, (rows, columns, biased) in linears.items():
            out[f"{path}{name}.weight"] = (rows, columns)
            if biased:
                out[f"{path}{name}.bias"] = (rows,)
    return out


def random_weights(c, dtype):
    weights = {}
    for name, shape in shapes(c).items():
        noise = torch.randn(shape)
        if "norm" in name:
            weights[name] = (0.0 if c.gemma else 1.0) + 0.1 * noise
        elif len(shape) == 1:
            weights[name] = 0.1 * noise
        else:
            weights[name] = noise if "embed" in name else noise * 1.2 / np.sqrt(shape[-1])
    return {name: tensor.to(dtype) for name, tensor in weights.items()}


def save(folder, weights, shards):
    if shards == 1:
        write_safetensors(f"{folder}/model.safetensors", weights)
        return
    names, places = sorted(weights), {}
    for shard in range(shards):
        file = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        own = {name: weights[name] for name in names[shard::shards]}
        write_safetensors(f"{folder}/{file}", own)
        places.update({name: file for name in own})
    size = sum(tensor.numel() * tensor.element_size() for tensor in weights.values())
    with open(f"{folder}/model.safetensors.index.json", "w") as file:
        json.dump({"metadata": {"total_size": size}, "weight_map": dict(sorted(places.items()))}, file, indent=1)


def make(root):
    for seed, (name, (dtype, options)) in enumerate(CASES.items()):
        torch.manual_seed(100 + seed)
        raw = {**BASE, **options, "torch_dtype": str(dtype).split(".")[1], "eos_token_id": 2}
        folder = f"{root}/{name}"
        os.makedirs(folder, exist_ok=True)
        weights = random_weights(Model(raw, {}).c, dtype)
        model = Model(raw, weights)
        ids = torch.randint(3, model.c.vocab, (TOKENS,))
        golden = model.golden(ids, PROMPT, GENERATED)
        with open(f"{folder}/config.json", "w") as file:
            json.dump(raw, file, indent=1)
            file.write("\n")
        save(folder, weights, 3 if "sharded" in name else 1)
        write_safetensors(f"{folder}/golden.safetensors", golden)
        top = golden["logits"].topk(2).values
        gap = (top[:, 0] - top[:, 1]).min().item()
        print(f"{name}: logit deviation {golden['logits'].std().item():.2f}, smallest gap {gap:.4f}")
